import { exp, ln } from '@diffusion/random';
import type { Derivatives } from './gradient-tree.ts';

/**
 * Scores per class: log odds of the second class of two, a score per class of more, none of one. The probabilities are
 * their logistic function or their softmax.
 */
export const scoresOf = (classes: number): number => (classes > 2 ? classes : classes - 1);

/** The scores at which the probabilities are these shares. */
export function scoresAt(shares: readonly number[]): number[] {
  if (shares.length > 2) return shares.map((share) => ln(share));
  return shares.length === 2 ? [ln(shares[1]) - ln(shares[0])] : [];
}

/** Writes the probability of every class at these scores; the same bits in every engine. */
export function probabilitiesAt(scores: Float64Array, out: Float64Array): void {
  if (out.length === 1) out[0] = 1;
  else if (out.length === 2) {
    // The exponential of −|score| neither overflows nor cancels.
    const small = exp(-Math.abs(scores[0]));
    const likely = scores[0] > 0 ? 1 : 0;
    out[likely] = 1 / (1 + small);
    out[1 - likely] = small / (1 + small);
  } else {
    let top = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < out.length; c++) top = Math.max(top, scores[c]);
    let sum = 0;
    for (let c = 0; c < out.length; c++) {
      out[c] = exp(scores[c] - top);
      sum += out[c];
    }
    for (let c = 0; c < out.length; c++) out[c] /= sum;
  }
}

/** −ln of the probability of a class at these scores, finite for any finite scores. */
export function lossAt(scores: Float64Array, code: number): number {
  if (scores.length === 0) return 0;
  if (scores.length === 1) {
    const z = code === 1 ? -scores[0] : scores[0];
    return Math.max(z, 0) + ln(1 + exp(-Math.abs(z)));
  }
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let sum = 0;
  for (const score of scores) sum += exp(score - top);
  return ln(sum) + top - scores[code];
}

/**
 * First derivatives p − y of the log loss by the scores, and p(1 − p), the diagonal of the second ones, each times the
 * weight of the row's class (Friedman, Hastie & Tibshirani 2000).
 *
 * @param scores one array per score, a number per row.
 * @param out one pair of arrays per score.
 */
export function derivativesAt(
  scores: readonly Float64Array[],
  codes: Int32Array,
  weightOf: Float64Array,
  out: readonly Derivatives[],
): void {
  const outputs = scores.length;
  const classes = weightOf.length;
  const of = new Float64Array(outputs);
  const p = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) {
    for (let k = 0; k < outputs; k++) of[k] = scores[k][i];
    probabilitiesAt(of, p);
    const weight = weightOf[codes[i]];
    for (let k = 0; k < outputs; k++) {
      const c = outputs === 1 ? 1 : k;
      out[k].gradient[i] = weight * (p[c] - (codes[i] === c ? 1 : 0));
      out[k].hessian[i] = weight * p[c] * (1 - p[c]);
    }
  }
}
