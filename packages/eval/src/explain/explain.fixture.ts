import { keyedRandom } from '@diffusion/random';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Weights as a training leaves them: normalisations away from 0 and 1, biases away from 0. */
export function shake(network: LayersModel): LayersModel {
  const random = keyedRandom(7);
  for (const layer of network.layers) {
    const values = layer.getWeights();
    if (values.length === 0) continue;
    layer.setWeights(
      layer.weights.map(({ originalName }, i) => {
        const part = originalName.replace(/^.*\//, '');
        if (part.endsWith('kernel') || part === 'scale') return values[i];
        const numbers = Float32Array.from(values[i].dataSync(), (value) =>
          part === 'moving_variance' ? 0.5 + random.uniform() : value + 0.3 * random.normal(),
        );
        return tf.tensor(numbers, values[i].shape);
      }),
    );
  }
  return network;
}

/** Standard normal numbers of a shape. */
export function normals(shape: readonly number[], key: number): tf.Tensor {
  const random = keyedRandom(11, key);
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    [...shape],
  );
}
