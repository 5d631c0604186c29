import { Tracks } from '@diffusion/tracks';
import { mix } from '../../networks/layer-seed.ts';

/** A stream of uniform and normal numbers (Box–Muller), for samples that owe nothing to the code under test. */
export function stream(seed: number) {
  let counter = 0;
  const key = mix(seed ^ 0x51ed270b);
  const uniform = () => (mix(key + Math.imul(++counter, 0x9e3779b9)) + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, between: (from: number, to: number) => from + (to - from) * uniform() };
}

/** Lower triangle L of a covariance, LLᵀ = C, rows of a full square. */
export function cholesky(covariance: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  covariance.forEach((row, i) => {
    factor.push([]);
    for (let j = 0; j <= i; j++) {
      let sum = row[j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      factor[i].push(i === j ? Math.sqrt(sum) : sum / factor[j][j]);
    }
  });
  return factor;
}

/** Covariance of n displacements: 2DΔt^α in fractional Brownian motion (α = 1: free), and noise σ on each position. */
export function covarianceOf(n: number, D: number, dt: number, alpha: number, sigma: number) {
  const at = (k: number) =>
    D *
      dt ** alpha *
      (Math.abs(k + 1) ** alpha - 2 * Math.abs(k) ** alpha + Math.abs(k - 1) ** alpha) +
    sigma * sigma * (k === 0 ? 2 : Math.abs(k) === 1 ? -1 : 0);
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i - j)));
}

/** A set of tracks of dt from the displacements of each, one array per coordinate. */
export function tracksOf(displacements: readonly (readonly number[][])[], dt: number): Tracks {
  const dim = displacements[0].length as 1 | 2 | 3;
  const offsets = new Uint32Array(displacements.length + 1);
  const positions: number[] = [];
  displacements.forEach((coordinates, i) => {
    const steps = coordinates[0].length;
    const at = new Array(dim).fill(0);
    positions.push(...at);
    for (let t = 0; t < steps; t++) {
      for (let axis = 0; axis < dim; axis++) at[axis] += coordinates[axis][t];
      positions.push(...at);
    }
    offsets[i + 1] = offsets[i] + steps + 1;
  });
  return new Tracks({ positions: Float64Array.from(positions), offsets, dim, dt });
}
