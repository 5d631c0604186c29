import { keyedRandom } from '@diffusion/random';
import * as tf from '@tensorflow/tfjs-core';
import type { Method, Question } from '../attribution.ts';
import { gradientAt, remainder } from './gradient.ts';

/**
 * SmoothGrad (Smilkov et al. 2017, arXiv:1706.03825): the mean of the gradients around a track, normal noise upon every number
 * per point, times the track. Numbers per track stay as they are. The noise of a track depends on the seed and its place among
 * the tracks alone.
 *
 * @param samples how many gradients.
 * @param noise standard deviation of the noise, as a share of the range of the channel over the track.
 */
export function smoothGradient({
  samples,
  noise,
  seed,
}: {
  readonly samples: number;
  readonly noise: number;
  readonly seed: number;
}): Method {
  return (question) => {
    const { inputs } = question;
    const { output } = gradientAt(question, inputs);
    let sums = inputs.map((input) => tf.zerosLike(input));
    const ranges = inputs.map((input, i) => (question.points[i] ? rangesOf(input) : undefined));
    for (let sample = 0; sample < samples; sample++) {
      const next = tf.tidy(() => {
        const at = inputs.map((input, i) => {
          const range = ranges[i];
          return range
            ? tf.add(input, tf.mul(noiseOf(question, input, seed, sample, i), tf.mul(range, noise)))
            : input;
        });
        return gradientAt(question, at).gradients.map((gradient, i) => tf.add(sums[i], gradient));
      });
      tf.dispose(sums);
      sums = next;
    }
    const parts = sums.map((sum, i) => tf.mul(tf.div(sum, samples), inputs[i]));
    return { inputs: parts, output, absorbed: remainder(output, parts) };
  };
}

const rangesOf = (input: tf.Tensor): tf.Tensor =>
  tf.sub(tf.max(input, 1, true), tf.min(input, 1, true));

/** Standard normal numbers, those of padding 0. */
function noiseOf(
  { tracks, points }: Question,
  input: tf.Tensor,
  seed: number,
  sample: number,
  which: number,
): tf.Tensor {
  const [rows, length] = input.shape;
  const perPoint = input.size / (rows * length);
  const values = new Float32Array(input.size);
  for (let r = 0; r < rows; r++) {
    const random = keyedRandom(seed, 'explanation', tracks[r], sample, which);
    for (let place = 0; place < length; place++) {
      if (points[which]?.[r][place] === -1) continue;
      const from = (r * length + place) * perPoint;
      for (let i = from; i < from + perPoint; i++) values[i] = random.normal();
    }
  }
  return tf.tensor(values, input.shape);
}
