import * as tf from '@tensorflow/tfjs-core';
import type { Graph, Layer, Step } from './graph.ts';

/** What saturates at the end of a classifier and is left out: logits are explained, not probabilities. */
const SATURATING: readonly unknown[] = ['softmax', 'sigmoid'];

/** Whether a step does nothing but saturate. */
export const saturates = ({ kind, layer }: Step): boolean =>
  kind === 'Softmax' ||
  (kind === 'Activation' && SATURATING.includes(layer?.getConfig().activation));

/** Whether a step is a dense layer that saturates at its end. */
export const saturatesAtEnd = ({ kind, layer }: Step): boolean =>
  kind === 'Dense' && SATURATING.includes(layer?.getConfig().activation);

/** The weights of a layer by the last parts of their names. */
export function weightsOf(layer: Layer): Readonly<Record<string, tf.Tensor>> {
  return Object.fromEntries(
    layer.weights.map((weight) => [weight.originalName.replace(/^.*\//, ''), weight.read()]),
  );
}

/** x · kernel + bias over the last axis. */
export function denseOf(x: tf.Tensor, kernel: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const [inputs, units] = kernel.shape;
  const rows = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
  const product = tf.matMul(rows, kernel as tf.Tensor2D);
  const y = bias ? tf.add(product, bias) : product;
  return tf.reshape(y, [...x.shape.slice(0, -1), units]);
}

/** What a step gives in inference mode; at an answer without the softmax. */
export function applyStep(step: Step, inputs: readonly tf.Tensor[], isAnswer: boolean): tf.Tensor {
  const { layer } = step;
  if (!layer) return tf.div(tf.addN([...inputs]), inputs.length);
  if (isAnswer && saturates(step)) return inputs[0];
  if (isAnswer && saturatesAtEnd(step)) {
    const { kernel, bias } = weightsOf(layer);
    return denseOf(inputs[0], kernel, bias);
  }
  const given = inputs.length === 1 ? inputs[0] : [...inputs];
  return layer.apply(given, { training: false }) as tf.Tensor;
}

/** What is at every place of a graph, logits in place of probabilities. Called within `tf.tidy`. */
export function valuesOf(graph: Graph, inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const values: tf.Tensor[] = [];
  for (const [i, place] of graph.inputs.entries()) values[place] = inputs[i];
  for (const step of graph.steps) {
    const given = step.inputs.map((place) => values[place]);
    values[step.output] = applyStep(step, given, graph.outputs.includes(step.output));
  }
  return values;
}

/** The answers of a graph, logits in place of probabilities. Called within `tf.tidy`. */
export function answersOf(graph: Graph, inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const values = valuesOf(graph, inputs);
  return graph.outputs.map((place) => values[place]);
}

/** Per row the answer that is explained: the sum of what the masks let through. */
export function explainedOf(
  answers: readonly tf.Tensor[],
  masks: readonly (tf.Tensor | undefined)[],
): tf.Tensor1D {
  const parts = answers.flatMap((answer, i) => {
    const mask = masks[i];
    if (!mask) return [];
    const [rows] = answer.shape;
    return [tf.sum(tf.reshape(tf.mul(answer, mask), [rows, -1]), 1) as tf.Tensor1D];
  });
  return parts.length === 1 ? parts[0] : tf.addN(parts);
}
