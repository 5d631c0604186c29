import type { Random } from '@diffusion/random';

/**
 * Brownian motion: independent normal steps of standard deviation `step` in every coordinate,
 * step = √(2 D Δt). Writes points × dim coordinates, interleaved, beginning at the origin.
 */
export function brownian(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { step }: { step: number },
): void {
  const end = points * dim;
  out.fill(0, 0, dim);
  random.fillNormal(out, dim, end);
  for (let d = 0; d < dim; d++) {
    let x = 0;
    for (let at = dim + d; at < end; at += dim) {
      x += step * out[at];
      out[at] = x;
    }
  }
}
