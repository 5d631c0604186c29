import * as tf from '@tensorflow/tfjs-core';
import type { Method, Question } from '../attribution.ts';
import { answersOf, explainedOf } from '../network/forward.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import { gradientAt } from './gradient.ts';

/** What a path begins at: all numbers 0, or each channel at its mean over the track. */
export type Baseline = 'zeros' | 'mean';

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017, arXiv:1703.01365): the gradient along the straight line from a baseline
 * to the track, times the difference of the two. What the inputs take adds up to how far the answer is from that of the
 * baseline, which is what is absorbed.
 *
 * @param steps nodes of the quadrature (Gauss–Legendre).
 */
export function integratedGradients({
  baseline,
  steps,
}: {
  readonly baseline: Baseline;
  readonly steps: number;
}): Method {
  const nodes = gaussLegendre(steps);
  return (question) => {
    const { graph, masks, inputs } = question;
    const from = inputs.map((input, i) => baselineOf(baseline, input, question.points[i]));
    const way = inputs.map((input, i) => tf.sub(input, from[i]));
    let sums = inputs.map((input) => tf.zerosLike(input));
    for (const { node, weight } of nodes) {
      const next = tf.tidy(() => {
        const at = way.map((w, i) => tf.add(from[i], tf.mul(w, node)));
        const { gradients } = gradientAt({ graph, masks }, at);
        return gradients.map((gradient, i) => tf.add(sums[i], tf.mul(gradient, weight)));
      });
      tf.dispose(sums);
      sums = next;
    }
    return {
      inputs: sums.map((sum, i) => tf.mul(sum, way[i])),
      output: explainedOf(answersOf(graph, inputs), masks),
      absorbed: explainedOf(answersOf(graph, from), masks),
    };
  };
}

/** The baseline of one input; padding stays 0, and features have no mean over the track. */
function baselineOf(
  baseline: Baseline,
  input: tf.Tensor,
  points: Question['points'][number],
): tf.Tensor {
  if (baseline === 'zeros' || !points) return tf.zerosLike(input);
  return tf.tidy(() => {
    const [rows, length] = input.shape;
    const own = tf.tensor(
      points.flatMap((places) => Array.from(places, (point) => (point < 0 ? 0 : 1))),
      [rows, length, ...input.shape.slice(2).map(() => 1)],
    );
    return tf.mul(tf.div(tf.sum(input, 1, true), tf.sum(own, 1, true)), own);
  });
}
