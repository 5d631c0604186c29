import { shown } from '@diffusion/tracks/messages';
import * as tf from '@tensorflow/tfjs-core';
import { EvaluationError } from '../../errors.ts';
import { rowSums } from '../gradients/gradient.ts';

/**
 * How the relevance of a neuron is parted among what it is a weighted sum of. `epsilon` is what the sum is moved away from zero
 * by before it is divided by: it absorbs relevance where there is little evidence. 0.01 if left out.
 *
 * - `epsilon`: in proportion to the terms of the sum (Bach et al. 2015).
 * - `gamma`: weights of the sum's sign count 1 + `gamma` times, 0.25 if left out (Montavon et al. 2019; for inputs of either sign
 *   after Andéol et al. 2021).
 * - `alpha-beta`: positive terms share `alpha`, negative ones −`beta`, whose difference is 1; 2 and 1 if left out (Bach et al. 2015).
 * - `z-plus`: positive terms alone, `alpha-beta` with 1 and 0.
 */
export type LrpRule =
  | { readonly kind: 'epsilon'; readonly epsilon?: number }
  | { readonly kind: 'gamma'; readonly gamma?: number; readonly epsilon?: number }
  | {
      readonly kind: 'alpha-beta';
      readonly alpha?: number;
      readonly beta?: number;
      readonly epsilon?: number;
    }
  | { readonly kind: 'z-plus'; readonly epsilon?: number };

/** What a sum is moved away from zero by, unless told. */
const EPSILON = 0.01;

export const epsilonOf = ({ epsilon = EPSILON }: LrpRule): number => epsilon;

/**
 * Throws {@link EvaluationError} for a rule that there is not, or whose numbers make no sense.
 *
 * @param name what the rule is called where it was given.
 */
export function checkRule(name: string, rule: LrpRule): void {
  const kinds = ['epsilon', 'gamma', 'alpha-beta', 'z-plus'];
  if (typeof rule !== 'object' || rule === null || !kinds.includes(rule.kind)) {
    const given = typeof rule === 'object' && rule !== null ? (rule as LrpRule).kind : rule;
    throw new EvaluationError(
      `${name} is ${shown(given)}: expected { kind } of ${kinds.join(', ')}`,
    );
  }
  const least = { ...rule, epsilon: epsilonOf(rule) } as Record<string, unknown>;
  for (const key of ['epsilon', 'gamma', 'alpha', 'beta']) {
    const value = least[key];
    if (value === undefined) continue;
    const positive = key === 'epsilon' ? (value as number) > 0 : (value as number) >= 0;
    if (!(positive && Number.isFinite(value))) {
      throw new EvaluationError(
        `${name}.${key} is ${shown(value)}: expected a ${key === 'epsilon' ? 'positive number' : 'number of at least 0'}`,
      );
    }
  }
  if (rule.kind === 'alpha-beta') {
    const { alpha = 2, beta = 1 } = rule;
    if (Math.abs(alpha - beta - 1) > 1e-9) {
      throw new EvaluationError(
        `${name} has alpha ${alpha} and beta ${beta}: expected a difference of 1`,
      );
    }
  }
}

/** A map that is linear in its input: weights, without bias, applied to it. */
export interface WeightedSum {
  readonly kernel: tf.Tensor;
  readonly bias: tf.Tensor | undefined;
  /** x with a kernel like {@link kernel}. */
  apply(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor;
}

/** What a layer gives on to what it takes from. */
export interface Passed {
  /** One for each input of the layer; undefined where it takes nothing. */
  readonly inputs: readonly (tf.Tensor | undefined)[];
  /** Per row what no input took; undefined where all is passed on. */
  readonly absorbed?: tf.Tensor1D;
}

/** Away from zero by ε: the sign of zero is that of what is above. */
export const stabilised = (z: tf.Tensor, epsilon: number): tf.Tensor =>
  tf.where(tf.less(z, 0), tf.sub(z, epsilon), tf.add(z, epsilon));

/**
 * Parts relevance among the terms of sums: each input gets its share of z, and the bias and the stabiliser what is left.
 *
 * @param sum the inputs' part of z, linear in them.
 * @param bias the other part.
 * @param numerators relevance to part, by z.
 */
export function partSums(
  inputs: readonly tf.Tensor[],
  sum: (...inputs: tf.Tensor[]) => tf.Tensor,
  bias: tf.Tensor | undefined,
  relevance: tf.Tensor,
  epsilon: number,
): Passed {
  // The gradient of a sum by an input is what stands before it: instead of the slope of z, relevance per z is sent back.
  let left: tf.Tensor1D | undefined;
  const sent = tf.customGrad((...args) => {
    const [part, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    // A tensor of its own: one that is given back as it came would be its own source.
    const z = bias ? tf.add(part, bias) : tf.clone(part);
    save([z]);
    return {
      value: z,
      gradFunc: (_: tf.Tensor, [z]: tf.Tensor[]) => {
        const perZ = tf.div(relevance, stabilised(z, epsilon));
        // What the inputs' part of z does not stand for.
        const ofInputs = tf.mul(perZ, bias ? tf.sub(z, bias) : z);
        left = tf.keep(tf.sub(rowSums(relevance), rowSums(ofInputs)));
        return perZ;
      },
    };
  });
  const gradients = tf.grads((...given: tf.Tensor[]) => sent(sum(...given)))([...inputs]);
  const absorbed = (left as unknown as tf.Tensor1D).clone();
  (left as unknown as tf.Tensor1D).dispose();
  return { inputs: gradients.map((gradient, i) => tf.mul(inputs[i], gradient)), absorbed };
}

const positive = (x: tf.Tensor): tf.Tensor => tf.relu(x);
const negative = (x: tf.Tensor): tf.Tensor => tf.minimum(x, 0);

/**
 * Parts the relevance of a layer with weights among its input, by a rule.
 *
 * @param isRectified whether no number of x is below zero: half of the products of most rules are then nothing.
 */
export function partByRule(
  layer: WeightedSum,
  x: tf.Tensor,
  relevance: tf.Tensor,
  rule: LrpRule,
  isRectified = false,
): Passed {
  const epsilon = epsilonOf(rule);
  const { kernel, bias, apply } = layer;
  if (rule.kind === 'epsilon') {
    return partSums([x], (x) => apply(x, kernel), bias, relevance, epsilon);
  }
  /** Of terms of one sign: inputs above and below zero meet weights of other signs. */
  const ofSign = (own: (w: tf.Tensor) => tf.Tensor, other: (w: tf.Tensor) => tf.Tensor) => {
    const toAbove = own(kernel);
    return (relevance: tf.Tensor): Passed => {
      if (isRectified) {
        return partSums([x], (x) => apply(x, toAbove), bias && own(bias), relevance, epsilon);
      }
      const [above, below, toBelow] = [positive(x), negative(x), other(kernel)];
      const { inputs, absorbed } = partSums(
        [above, below],
        (above, below) => tf.add(apply(above, toAbove), apply(below, toBelow)),
        bias && own(bias),
        relevance,
        epsilon,
      );
      return { inputs: [tf.add(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor)], absorbed };
    };
  };
  if (rule.kind === 'gamma') {
    const { gamma = 0.25 } = rule;
    const more = (part: (w: tf.Tensor) => tf.Tensor) => (w: tf.Tensor) =>
      tf.add(w, tf.mul(part(w), gamma));
    const product = apply(x, kernel);
    const z = bias ? tf.add(product, bias) : product;
    const where = (mask: tf.Tensor) => tf.mul(relevance, tf.cast(mask, 'float32'));
    return together([
      ofSign(more(positive), more(negative))(where(tf.greater(z, 0))),
      ofSign(more(negative), more(positive))(where(tf.less(z, 0))),
      // A sum of zero has no sign.
      { inputs: [], absorbed: rowSums(where(tf.equal(z, 0))) },
    ]);
  }
  const { alpha = 2, beta = 1 } = rule.kind === 'z-plus' ? { alpha: 1, beta: 0 } : rule;
  const parts = [ofSign(positive, negative)(tf.mul(relevance, alpha))];
  if (beta > 0) parts.push(ofSign(negative, positive)(tf.mul(relevance, -beta)));
  return together(parts);
}

/** The sum of what is passed on in several ways to one input. */
function together(parts: readonly Passed[]): Passed {
  const inputs = parts.flatMap(({ inputs }) => inputs as tf.Tensor[]);
  const absorbed = parts.flatMap(({ absorbed }) => absorbed ?? []);
  return {
    inputs: [inputs.length === 1 ? inputs[0] : tf.addN(inputs)],
    absorbed: absorbed.length === 1 ? absorbed[0] : tf.addN(absorbed),
  };
}
