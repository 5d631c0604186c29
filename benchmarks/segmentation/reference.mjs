// The reference: the true change points, with α and K from the posterior under the experiment's own law (and from the segment
// alone, which is better where the law's states are as narrow as the segments are short). No method may know either.
import { segmentDensityOf, segmentsAt } from '@diffusion/features';

const PLACES = 15;

/** Places along a normal law cut to a range, with their weights; on a logarithmic scale where the law may be wider than its mean. */
function along(mean, variance, low, high, logarithmic) {
  const spread = Math.sqrt(variance);
  if (spread === 0) return [{ value: Math.max(low, mean), weight: 1 }];
  const [from, to] = [Math.max(low, mean - 3 * spread), Math.min(high, mean + 3 * spread)];
  const scale = logarithmic ? Math.log : Number;
  const back = logarithmic ? Math.exp : Number;
  return Array.from({ length: PLACES }, (_, i) => {
    const value = back(scale(from) + ((i + 0.5) / PLACES) * (scale(to) - scale(from)));
    const weight = Math.exp(-((value - mean) ** 2) / (2 * variance));
    return { value, weight: logarithmic ? weight * value : weight };
  });
}

/** Points of a law with their shares: each state a grid of three standard deviations around its means. */
function pointsOf(law) {
  return law.flatMap(({ alpha: [a, va], diffusion: [k, vk], share }) => {
    const alphas = along(a, va, 0.001, 1.998, false);
    const ks = along(k, vk, k === 0 ? 1e-9 : 1e-3 * k, 1e6, vk > 0.1 * k * k);
    const all = alphas.flatMap((x) => ks.map((y) => [x.value, y.value, x.weight * y.weight]));
    const sum = all.reduce((total, [, , weight]) => total + weight, 0);
    // What is at rest has α = 0 in the challenge.
    return all.map(([x, y, weight]) => [k === 0 ? 0 : x, y, (share * weight) / sum]);
  });
}

/** Median of α and mean of ln(1 + K) of each true segment under the law; the state as our classical rule has it. */
export function underTheLaw(track, truth, law, sigma) {
  const points = pointsOf(law);
  const changes = truth.slice(0, -1).map(({ to }) => to);
  return segmentsAt(track, changes, { sigma }).map((segment) => {
    const { from, to } = segment;
    const density = segmentDensityOf(track, from, to, { sigma });
    const logs = points.map(([a, k, share]) => Math.log(share) + density(Math.max(a, 0.001), k));
    const most = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - most));
    const total = weights.reduce((a, b) => a + b, 0);
    const order = [...points.keys()].sort((a, b) => points[a][0] - points[b][0]);
    let below = 0;
    const middle = order.find((i) => {
      below += weights[i];
      return below >= total / 2;
    });
    const alpha = points[middle][0];
    const log = points.reduce((sum, [, k], i) => sum + weights[i] * Math.log1p(k), 0) / total;
    return { ...segment, alpha, diffusion: Math.expm1(log) };
  });
}
