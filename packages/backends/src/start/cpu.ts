import * as tf from '@tensorflow/tfjs-core';
import type { Start } from './start.ts';

/** tfjs' pure-JavaScript backend. */
export const startCpu: Start = async () => {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return { device: 'JavaScript, one thread' };
};
