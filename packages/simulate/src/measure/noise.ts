import { exp, type Random } from '@diffusion/random';
import { displacementDeviation } from './displacement-deviation.ts';
import type { Noise } from './measurement.ts';

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

/**
 * The same with a σ that varies from point to point, for all coordinates together: log-normal, as with a number of photons
 * that is. ln σ has the deviation `variation`, and σ the root mean square sigma[d].
 */
export function addVaryingNoise(
  random: Random,
  positions: Float64Array,
  points: number,
  dim: number,
  sigma: ArrayLike<number>,
  variation: number,
): void {
  for (let d = 0; d < dim; d++) level[d] = sigma[d];
  for (let i = 0, at = 0; i < points; i++) {
    // ⟨exp(2vz − 2v²)⟩ = 1.
    const factor = exp(variation * random.normal() - variation * variation);
    for (let d = 0; d < dim; d++, at++) positions[at] += level[d] * factor * random.normal();
  }
}

/** Writes σ of each coordinate of a noise-free track to `sigma`. */
export function drawSigma(
  { kind, level, perCoordinate, axes }: Noise,
  random: Random,
  positions: Float64Array,
  points: number,
  dim: number,
  qSignal: number,
  sigma: number[] | Float64Array,
): void {
  const draws = perCoordinate ? dim : 1;
  for (let d = 0; d < draws; d++) {
    const drawn = level.draw(random);
    if (kind === 'sigma') sigma[d] = drawn;
    else if (kind === 'q') sigma[d] = qSignal / drawn;
    else if (perCoordinate) sigma[d] = displacementDeviation(positions, points, dim, d) / drawn;
    else sigma[d] = pooledDeviation(positions, points, dim) / drawn;
  }
  for (let d = draws; d < dim; d++) sigma[d] = sigma[0];
  if (axes) for (let d = 0; d < dim; d++) sigma[d] *= axes[d];
}

/** Root mean square of the coordinates' displacement deviations. */
function pooledDeviation(positions: Float64Array, points: number, dim: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) {
    const deviation = displacementDeviation(positions, points, dim, d);
    sum += deviation * deviation;
  }
  return Math.sqrt(sum / dim);
}
