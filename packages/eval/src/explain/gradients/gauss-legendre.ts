/**
 * Nodes and weights of the Gauss–Legendre quadrature on [0, 1], which integrates polynomials of degree 2n − 1 exactly.
 * Nodes by Newton's method on the Legendre polynomial (Abramowitz & Stegun 25.4.29).
 *
 * @example
 * gaussLegendre(1) // [{ node: 0.5, weight: 1 }]
 */
export function gaussLegendre(n: number): { node: number; weight: number }[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    return { node: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}
