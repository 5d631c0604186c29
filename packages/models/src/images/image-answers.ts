import type { Images } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ModelError } from '../errors.ts';

/** What makes intensities standard before a network sees them: (intensity − mean) / deviation. */
export interface IntensityScale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Mean and standard deviation of all intensities of a set; a deviation of 1 where all are the same.
 *
 * @example
 * measureScale(images) // { mean: 0.42, deviation: 0.17 }
 */
export function measureScale({ pixels }: Images): IntensityScale {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < pixels.length; i++) sum += pixels[i];
  const mean = sum / Math.max(1, pixels.length);
  for (let i = 0; i < pixels.length; i++) squares += (pixels[i] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, pixels.length)) || 1 };
}

/** Intensities as a network sees them. */
export const scaled = (
  pixels: Float32Array | Uint8Array,
  { mean, deviation }: IntensityScale,
): Float32Array => Float32Array.from(pixels, (value) => (value - mean) / deviation);

/**
 * A network's answers in inference mode for images, whatever they are: images × classes. No domain is checked: `predict` of a
 * model does.
 *
 * @param batchSize images per call of the network.
 */
export async function imageAnswers(
  network: LayersModel,
  images: Images,
  scale: IntensityScale,
  batchSize = 128,
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new ModelError(`batchSize is ${batchSize}: expected an integer of at least 1`);
  }
  const { count, height, width } = images;
  const classes = network.outputs[0].shape.at(-1)!;
  const answers = new Float32Array(count * classes);
  for (let from = 0; from < count; from += batchSize) {
    const to = Math.min(count, from + batchSize);
    const output = tf.tidy(() => {
      const pixels = scaled(
        images.pixels.subarray(from * height * width, to * height * width),
        scale,
      );
      return network.predict(tf.tensor4d(pixels, [to - from, height, width, 1])) as tf.Tensor;
    });
    answers.set((await output.data()) as Float32Array, from * classes);
    output.dispose();
    onProgress?.(to);
    await nextTurn();
  }
  return answers;
}
