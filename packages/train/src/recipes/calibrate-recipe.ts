import {
  type CalibrateOptions,
  calibrate,
  type JsonObject,
  type SingleModel,
} from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import { motionPrior } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import type { TrainOptions } from '../train.ts';
import { dataSetsOf, lengthOf } from './data-sets-of.ts';
import type { OneLengthData, Recipe, RecipeCalibration, SimulatedData } from './recipe.ts';

/** Tracks that are in memory at a time. */
const size = 4096;

/** What {@link calibrateSimulated} is told. */
export interface SimulatedCalibration
  extends RecipeCalibration,
    Pick<CalibrateOptions, 'workers' | 'onProgress' | 'signal'> {
  /** That of the training: the tracks are others than those that it has seen. */
  readonly seed: number;
}

/**
 * A model with probabilities that are met and with prediction sets (`calibrate` of `@diffusion/models`), fitted to simulated
 * tracks of a seed of their own: neither training nor validation nor test of the same seed sees one of them.
 *
 * Throws what `calibrate` throws, and the errors of `@diffusion/simulate` for a data set that there is not.
 *
 * @param data the data sets, as a recipe has them; as many tracks are of each.
 *
 * @example
 * const prior = { dataSets: [{ preset: 'motion', dim: 2 }], tracksPerEpoch: 1 } as const;
 * const calibrated = await calibrateSimulated(model, prior, { tracks: 50_000, seed: 1 });
 */
export function calibrateSimulated<Model extends SingleModel>(
  model: Model,
  data: SimulatedData | OneLengthData,
  { tracks, seed, ...options }: SimulatedCalibration,
): Promise<Model> {
  return calibrate(model, simulated(data, tracks, seed), {
    ...options,
    data: whatOf(data, seed),
  });
}

async function* simulated(
  data: SimulatedData | OneLengthData,
  tracks: number,
  seed: number,
): AsyncGenerator<Tracks> {
  const count = Math.ceil(tracks / data.dataSets.length);
  const seedOf = (k: number) => deriveSeed(seed, 'calibration', 'data set', k);
  for (const set of dataSetsOf(data, count, seedOf)) yield* set.batches({ size });
}

/** What a card says of the tracks: all that makes them again. */
function whatOf(data: SimulatedData | OneLengthData, seed: number): JsonObject {
  const { dataSets } = data;
  const { name, version } = motionPrior;
  const usual = dataSets.some(
    (set) => 'preset' in set && set.preset === 'motion' && !('prior' in set),
  );
  const what = { dataSets, ...lengthOf(data), seed, ...(usual && { prior: { name, version } }) };
  return JSON.parse(JSON.stringify(what)) as JsonObject;
}

/**
 * A model that was trained as a recipe says, calibrated where it says so. Where that cannot be done the model is as it was
 * trained, which may have taken days, and `uncalibrated` says why.
 */
export async function calibrated<Fitted extends { readonly model: SingleModel }>(
  fitted: Fitted,
  { calibration, data, seed }: Recipe,
  { signal, workers }: Pick<TrainOptions, 'signal' | 'workers'>,
): Promise<Fitted & { readonly uncalibrated?: string }> {
  if (!calibration || 'folder' in data) return fitted;
  const how = { ...calibration, seed, signal, ...(workers && { workers }) };
  try {
    return { ...fitted, model: await calibrateSimulated(fitted.model, data, how) };
  } catch (error) {
    if (signal?.aborted || !(error instanceof Error)) throw error;
    return { ...fitted, uncalibrated: error.message };
  }
}
