import {
  choicesOption,
  type OptionsOf,
  positivesOption,
  rangeOption,
  readOptions,
} from '../../options.ts';
import { ClassicalError } from '../classical.ts';

/** The Gaussian models: noise only; free, directed, and fractional Brownian motion. */
export const gaussianModels = ['immobile', 'brownian', 'directed', 'fbm'] as const;
export type GaussianModel = (typeof gaussianModels)[number];

/**
 * What is known before a track is seen; every parameter is uniform on its range, and known where the ends are equal. The
 * defaults are those of Gajowczyk & Szwabiński 2021, Table 1.
 */
export const likelihoodOptions = {
  models: choicesOption({
    default: ['brownian', 'directed', 'fbm'],
    choices: gaussianModels,
    description: 'The models to choose from: the classes, in this order.',
  }),
  shares: positivesOption({
    default: [1, 1, 1],
    description: 'Their shares, one per model; all alike if left out.',
  }),
  diffusion: rangeOption({
    default: [0.1, 20],
    description:
      'D, position²/time: a displacement has the variance 2DΔt per coordinate, for fbm 2DΔt^α.',
  }),
  q: rangeOption({
    default: [1, 9],
    nullable: true,
    description:
      'Q = √(DΔt)/σ, for directed motion √(DΔt + v²Δt²)/σ; null means no localisation noise.',
  }),
  r: rangeOption({
    default: [1, 17],
    description: 'R = v²T/(4D) of directed motion, T the duration of the track.',
  }),
  alpha: rangeOption({ default: [0.3, 0.7], below: 2, description: 'α of fbm.' }),
  sigma: rangeOption({
    default: [0.01, 0.1],
    description: 'Localisation error σ of immobile particles, in position units.',
  }),
};

/** What is known before a track is seen; the defaults of those left out. */
export type LikelihoodOptions = Partial<OptionsOf<typeof likelihoodOptions>>;

/** The options in full. Throws {@link ClassicalError}. */
export function checkedOptions(given: LikelihoodOptions): Required<LikelihoodOptions> {
  const shares = given.shares ?? given.models?.map?.(() => 1);
  const complete = { ...given, ...(shares && { shares }) };
  const options = readOptions('likelihood', likelihoodOptions, complete, ClassicalError);
  const { models } = options;
  if (options.shares.length !== models.length) {
    throw new ClassicalError(
      `likelihood option shares is [${options.shares}]: expected ${models.length} positive numbers, one per model`,
    );
  }
  return options;
}
