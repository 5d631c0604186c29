/** Gauss–Legendre points and weights on [−1, 1] (Press et al., Numerical Recipes, §4.6). */
export function gaussLegendre(count: number): {
  readonly points: Float64Array;
  readonly weights: Float64Array;
} {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let move = 1; Math.abs(move) > 1e-15; ) {
      let [p, before] = [1, 0];
      for (let j = 0; j < count; j++) {
        [p, before] = [((2 * j + 1) * x * p - j * before) / (j + 1), p];
      }
      slope = (count * (x * p - before)) / (x * x - 1);
      move = p / slope;
      x -= move;
      if (Math.abs(move) < 1e-14) break;
    }
    points[i] = -x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
