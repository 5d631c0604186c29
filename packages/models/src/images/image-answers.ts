import type { Images } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * A network's answers in inference mode for images, whatever they are: images × classes. No domain is checked: `predict` of a
 * model does.
 *
 * @param batchSize images per call of the network.
 */
export async function imageAnswers(
  network: LayersModel,
  images: Images,
  batchSize = 128,
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  const { count, height, width } = images;
  const classes = network.outputs[0].shape.at(-1)!;
  const answers = new Float32Array(count * classes);
  for (let from = 0; from < count; from += batchSize) {
    const to = Math.min(count, from + batchSize);
    const output = tf.tidy(() => {
      const pixels = Float32Array.from(
        images.pixels.subarray(from * height * width, to * height * width),
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
