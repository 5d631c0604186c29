import type { Random } from '@diffusion/random';

const level = new Float64Array(3);

/** Adds an independent normal localisation error to every place: coordinate d has the deviation sigma[d]. */
export function addNoise(
  random: Random,
  positions: Float64Array,
  points: number,
  dim: number,
  sigma: ArrayLike<number>,
): void {
  for (let d = 0; d < dim; d++) level[d] = sigma[d];
  for (let i = 0, at = 0; i < points; i++) {
    for (let d = 0; d < dim; d++, at++) positions[at] += level[d] * random.normal();
  }
}
