/** Points and weights: Σ wᵢ f(xᵢ) is the integral of f. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre points and weights on [from, to], exact for polynomials up to degree 2·count − 1 (Press et al.,
 * Numerical Recipes, §4.6).
 *
 * @example
 * const { points, weights } = gaussLegendre(8, 0, Math.PI);
 * points.reduce((sum, x, i) => sum + weights[i] * Math.sin(x), 0); // 2.000000
 */
export function gaussLegendre(count: number, from: number, to: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 100; step++) {
      let [p, before] = [1, 0];
      for (let j = 0; j < count; j++) {
        [p, before] = [((2 * j + 1) * x * p - j * before) / (j + 1), p];
      }
      slope = (count * (x * p - before)) / (x * x - 1);
      const move = p / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    points[i] = (from + to) / 2 - ((to - from) / 2) * x;
    weights[i] = (to - from) / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** A uniform prior on [from, to] as points with probabilities; a single point where the two are equal. */
export function uniformPrior(count: number, [from, to]: readonly [number, number]): Quadrature {
  if (from === to) return { points: Float64Array.of(from), weights: Float64Array.of(1) };
  const { points, weights } = gaussLegendre(count, from, to);
  return { points, weights: weights.map((w) => w / (to - from)) };
}

/** The same prior with points that are denser towards 0, evenly spread in the logarithm. */
export function uniformPriorInLog(
  count: number,
  [from, to]: readonly [number, number],
): Quadrature {
  if (from === to) return uniformPrior(count, [from, to]);
  const { points, weights } = gaussLegendre(count, Math.log(from), Math.log(to));
  const values = points.map(Math.exp);
  return { points: values, weights: weights.map((w, i) => (w * values[i]) / (to - from)) };
}
