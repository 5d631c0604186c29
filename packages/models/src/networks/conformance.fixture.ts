import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { layerSeed, mix } from './layer-seed.ts';

/** What every network is put through; nothing here depends on which network it is. */

/** The variables behind a model's trainable weights, by name. */
export function trainableVariables(model: LayersModel): Map<string, tf.Variable> {
  const weights = model.trainableWeights as unknown as { originalName: string; val: tf.Variable }[];
  return new Map(weights.map((w) => [w.originalName, w.val]));
}

/** Standard normal numbers of a seed, roughly: a sum of 12 uniforms. */
export function noise(shape: number[], seed: number): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  const streams = Array.from({ length: 12 }, (_, j) => layerSeed(seed, `${j}`));
  for (let i = 0; i < values.length; i++) {
    for (const stream of streams) values[i] += mix(stream + i) / 2 ** 32 - 0.5;
  }
  return tf.tensor(values, shape);
}

/** Walks of standard normal steps along the second axis, of length^½ at the end, divided by it. */
export function walks(shape: number[], seed: number): tf.Tensor {
  return tf.tidy(() => tf.div(tf.cumsum(noise(shape, seed), 1), Math.sqrt(shape[1])));
}

/**
 * Tracks as different from each other as they come, so that a rectifier that is closed for all of them is closed for
 * good: walks and noise, magnitudes from 0.1 to 10, shifted either way.
 */
export function motley(shape: number[], seed: number): tf.Tensor {
  return tf.tidy(() => {
    const perTrack = [shape[0], ...shape.slice(1).map(() => 1)];
    const perChannel = [shape[0], ...shape.slice(1, -1).map(() => 1), shape[shape.length - 1]];
    const kind = tf.step(noise(perTrack, seed + 1));
    const shapes = tf.add(
      tf.mul(kind, tf.mul(walks(shape, seed), 3)),
      tf.mul(tf.sub(1, kind), noise(shape, seed + 2)),
    );
    const shifted = tf.add(shapes, noise(perChannel, seed + 3));
    return tf.mul(shifted, tf.exp(tf.mul(noise(perTrack, seed + 4), 1.2)));
  });
}

/** A value for each output of a model: class probabilities against codes, other outputs against numbers. */
export interface Targets {
  readonly codes: tf.Tensor1D;
  readonly values: tf.Tensor1D;
}

/** Classes in turn and exponents spread over 0 to 2. */
export function targets(count: number, classes: number): Targets {
  const index = Array.from({ length: count }, (_, i) => i);
  return {
    codes: tf.tensor1d(
      index.map((i) => i % classes),
      'int32',
    ),
    values: tf.tensor1d(index.map((i) => ((i * 7) % count) / (count / 2))),
  };
}

/** The outputs; logits of every point as the probabilities that are their mean's. */
export const outputsOf = (y: tf.Tensor | tf.Tensor[]): tf.Tensor[] =>
  (Array.isArray(y) ? y : [y]).map((each) =>
    each.rank === 3 ? tf.softmax(tf.mean(each, 1) as tf.Tensor2D) : each,
  );

/** Cross-entropy of the probabilities + mean squared error of the exponent, whichever the model has. */
export function loss(model: LayersModel, inputs: tf.Tensor[], goal: Targets): tf.Scalar {
  return tf.tidy(() => {
    const outputs = outputsOf(model.apply(inputs, { training: true }) as tf.Tensor | tf.Tensor[]);
    const terms = outputs.map((y) => {
      if (y.shape[1] === 1) {
        return tf.mean(tf.square(tf.sub(tf.reshape(y, [-1]), goal.values)));
      }
      const right = tf.oneHot(goal.codes, y.shape[1] as number);
      return tf.neg(tf.mean(tf.sum(tf.mul(right, tf.log(tf.add(y, 1e-7))), 1)));
    });
    return tf.addN(terms) as tf.Scalar;
  });
}

/** The gradient of the loss with respect to every trainable weight, by name. */
export function gradients(
  model: LayersModel,
  inputs: tf.Tensor[],
  goal: Targets,
): Map<string, tf.Tensor> {
  const variables = trainableVariables(model);
  const { grads, value } = tf.variableGrads(
    () => loss(model, inputs, goal),
    [...variables.values()],
  );
  value.dispose();
  return new Map([...variables].map(([name, v]) => [name, grads[v.name]]));
}

/**
 * The trainable weights that get no gradient, relative to the largest of the model (10⁻⁵; what rounding leaves of a sum
 * that is zero is below), or of which an element gets none at all, whatever the seed: a rectifier that happens to be
 * closed for all tracks at the start is not dead.
 */
export function deadParameters(ofSeeds: Map<string, tf.Tensor>[]): string[] {
  const together = new Map<string, tf.Tensor>();
  for (const grads of ofSeeds) {
    const largest = Math.max(...[...grads.values()].map(largestOf));
    for (const [name, g] of grads) {
      const relative = tf.div(tf.abs(g), largest);
      const before = together.get(name);
      together.set(name, before ? tf.maximum(before, relative) : relative);
    }
  }
  return [...together]
    .filter(([, g]) => largestOf(g) <= 1e-5 || g.dataSync().some((v) => v === 0))
    .map(([name]) => name);
}

const largestOf = (x: tf.Tensor): number => tf.tidy(() => tf.max(tf.abs(x)).dataSync()[0]);

/** Trains on one batch for a number of steps; then, in inference mode, the share of right classes and the MAE. */
export function overfit(
  model: LayersModel,
  inputs: tf.Tensor[],
  goal: Targets,
  { steps, rate }: { steps: number; rate: number },
): { accuracy: number; mae: number } {
  const optimizer = tf.train.adam(rate);
  const variables = [...trainableVariables(model).values()];
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => loss(model, inputs, goal), false, variables);
  }
  optimizer.dispose();
  let accuracy = Number.NaN;
  let mae = Number.NaN;
  tf.tidy(() => {
    for (const y of outputsOf(model.predict(inputs) as tf.Tensor | tf.Tensor[])) {
      if (y.shape[1] === 1) {
        mae = tf.mean(tf.abs(tf.sub(tf.reshape(y, [-1]), goal.values))).dataSync()[0];
      } else {
        const right = tf.equal(tf.argMax(y, 1), goal.codes);
        accuracy = tf.mean(tf.cast(right, 'float32')).dataSync()[0];
      }
    }
  });
  return { accuracy, mae };
}

/** The model after a way through tfjs' saved form: topology as JSON, weights as bytes. */
export async function saveAndLoad(model: LayersModel): Promise<LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const text = JSON.stringify({ ...saved, weightData: undefined });
  const weightData = saved?.weightData as ArrayBuffer;
  return loadLayersModel(tf.io.fromMemory({ ...JSON.parse(text), weightData }));
}

/** The largest difference between the outputs of two models for the same inputs. */
export function largestDifference(a: LayersModel, b: LayersModel, inputs: tf.Tensor[]): number {
  return tf.tidy(() => {
    const [ya, yb] = [a, b].map((m) => outputsOf(m.predict(inputs) as tf.Tensor | tf.Tensor[]));
    return Math.max(...ya.map((y, i) => largestOf(tf.sub(y, yb[i]))));
  });
}
