import * as tf from '@tensorflow/tfjs-core';
import type { Method } from '../attribution.ts';
import { gradientAt, remainder } from './gradient.ts';

/**
 * Gradient × input (Shrikumar et al. 2016, arXiv:1605.01713): every number times the slope of the answer along it. What is
 * absorbed is what a straight line through the answer has at zero.
 */
export const gradientInput: Method = (question) => {
  const { output, gradients } = gradientAt(question, question.inputs);
  const inputs = gradients.map((gradient, i) => tf.mul(gradient, question.inputs[i]));
  return { inputs, output, absorbed: remainder(output, inputs) };
};
