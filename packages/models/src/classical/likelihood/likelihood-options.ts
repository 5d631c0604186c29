import { ClassicalError } from '../classical.ts';

/** The Gaussian models: noise only; free, directed, and fractional Brownian motion. */
export const gaussianModels = ['immobile', 'brownian', 'directed', 'fbm'] as const;
export type GaussianModel = (typeof gaussianModels)[number];

export type Range = readonly [from: number, to: number];

/** What is known before a track is seen; every parameter is uniform on its range, and known where the ends are equal. */
export interface LikelihoodOptions {
  /** The models to choose from: the classes, in this order. */
  readonly models?: readonly GaussianModel[];
  /** Their shares; all alike when absent. */
  readonly shares?: readonly number[];
  /** D, position²/time: a displacement has the variance 2DΔt per coordinate, for fbm 2DΔt^α. Default 0.1–20. */
  readonly diffusion?: Range;
  /** Q = √(DΔt)/σ, for directed motion √(DΔt + v²Δt²)/σ; null: no localisation noise. Default 1–9. */
  readonly q?: Range | null;
  /** R = v²T/(4D) of directed motion, T the duration of the track. Default 1–17. */
  readonly r?: Range;
  /** α of fbm. Default 0.3–0.7. */
  readonly alpha?: Range;
  /** Localisation error σ of immobile particles, in position units. Default 0.01–0.1. */
  readonly sigma?: Range;
}

/** The options in full. Throws {@link ClassicalError}. */
export function checkedOptions(given: LikelihoodOptions): Required<LikelihoodOptions> {
  const models = given.models ?? ['brownian', 'directed', 'fbm'];
  for (const model of models) {
    if (!gaussianModels.includes(model)) {
      throw new ClassicalError(`models has "${model}": expected ${gaussianModels.join(', ')}`);
    }
  }
  const options = {
    models,
    shares: given.shares ?? models.map(() => 1),
    diffusion: given.diffusion ?? ([0.1, 20] as const),
    q: given.q === undefined ? ([1, 9] as const) : given.q,
    r: given.r ?? ([1, 17] as const),
    alpha: given.alpha ?? ([0.3, 0.7] as const),
    sigma: given.sigma ?? ([0.01, 0.1] as const),
  };
  for (const name of ['diffusion', 'q', 'r', 'alpha', 'sigma'] as const) {
    const range = options[name];
    if (range && !(range[0] > 0 && range[1] >= range[0] && range[1] < Infinity)) {
      throw new ClassicalError(`${name} is [${range}]: expected [from, to] with 0 < from ≤ to`);
    }
  }
  if (!(options.alpha[1] < 2)) {
    throw new ClassicalError(`alpha is [${options.alpha}]: expected numbers below 2`);
  }
  const { shares } = options;
  if (shares.length !== models.length || !shares.every((s) => s > 0 && s < Infinity)) {
    throw new ClassicalError(`shares is [${shares}]: expected ${models.length} positive numbers`);
  }
  return options;
}
