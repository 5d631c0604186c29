/**
 * Variance per axis of the displacement over k frames, by lag: `variogram[k]`, k = 0 … largest lag; 0 at k = 0. With
 * stationary Gaussian steps it determines everything about the MSD of a track.
 */
export type Variogram = Float64Array;

/** Fractional Brownian motion with localisation noise: 2K(k·dt)^α + 2σ². Brownian motion is α = 1, K = D. */
export function fractionalVariogram(
  parameters: {
    readonly alpha: number;
    readonly generalizedDiffusion: number;
    readonly noiseVariance: number;
  },
  dt: number,
  largest: number,
): Variogram {
  const { alpha, generalizedDiffusion, noiseVariance } = parameters;
  const variogram = new Float64Array(largest + 1);
  for (let k = 1; k <= largest; k++) {
    variogram[k] = 2 * generalizedDiffusion * (k * dt) ** alpha + 2 * noiseVariance;
  }
  return variogram;
}
