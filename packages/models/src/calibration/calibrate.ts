import type { WorkerOptions } from '@diffusion/backends/parallel';
import { SET_SEPARATOR, type Tracks } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { inTurns } from '../classical/in-turns.ts';
import { IMMOBILE } from '../domain/domain.ts';
import { ModelError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { SingleModel } from '../predict/model.ts';
import { fitScaling } from './fit-scaling.ts';
import { fitSets } from './fit-sets.ts';
import { judgeLabelled } from './judge-labelled.ts';
import { scaleProbabilities } from './scale-probabilities.ts';
import { withCalibration } from './with-calibration.ts';

/** What {@link calibrate} may be told. */
export interface CalibrateOptions {
  /** Share of the tracks whose class is to be in their set, 0.5 ≤ coverage < 1; 0.9 if left out, no sets with null. */
  readonly coverage?: number | null;
  /** What the tracks are, for the card. */
  readonly data?: JsonObject;
  /** Threads that share the tracks, for the same bits; none if left out. */
  readonly workers?: number | WorkerOptions;
  /** Told of how many tracks the answer is known. */
  readonly onProgress?: (done: number) => void;
  /** Ends it between two pieces of work. */
  readonly signal?: AbortSignal;
}

/** Fewer tracks say nothing of a share. */
const LEAST_TRACKS = 100;

/**
 * The same model with probabilities that are met, and with prediction sets: fitted to labelled tracks that it has never seen.
 * From then on `predict` scales its probabilities by the length of the track, gives each track the set of the classes among
 * which its own is with probability `coverage`, and a label only where that set has one member.
 *
 * The coverage is met approximately: probabilities and thresholds are fitted to the same tracks, which changes it by less than
 * the half per cent that is kept in reserve where there are tens of thousands of them.
 *
 * What is promised holds for tracks of the same prior as these, for each length on the average over all else, and for no
 * other: with other motion, noise or classes than these a set covers what it happens to cover. A few thousand tracks are
 * enough for the probabilities; every 5,000 give a further bin of length to the sets.
 *
 * The weights are shared: dispose of one of the two models.
 *
 * Throws {@link ModelError} for a model without classes, for tracks without labels or of a class that the model does not know,
 * for fewer than 100 tracks that it judges, and for a coverage that is none.
 *
 * @param tracks all at once, or in pieces (`dataSet(…).batches({ size })`), with their classes in the track column `label`.
 *
 * @example
 * const tracks = motion({ dim: 2, count: 50_000, seed: 7 }).batches({ size: 4096 });
 * const calibrated = await calibrate(await loadModel('out/model'), tracks, { data: { preset: 'motion' } });
 * await saveModel('out/model', calibrated);
 * (await calibrated.predict(own)).sets; // tracks × classes
 */
export async function calibrate<Model extends SingleModel>(
  model: Model,
  tracks: Tracks | AsyncIterable<Tracks>,
  options: CalibrateOptions = {},
): Promise<Model> {
  checkOptions<CalibrateOptions>('calibrate', options, KNOWN, ModelError);
  const { coverage = 0.9, data = {}, signal } = options;
  if (coverage !== null && !(typeof coverage === 'number' && coverage >= 0.5 && coverage < 1)) {
    throw new ModelError(`coverage is ${shown(coverage)}: expected 0.5 ≤ coverage < 1, or null`);
  }
  const { output } = model.card;
  if (output.kind === 'exponent') {
    throw new ModelError('the model answers an exponent alone: expected classes to calibrate');
  }
  const { classes } = output;
  if (coverage !== null && classes.some((name) => name.includes(SET_SEPARATOR))) {
    throw new ModelError(`the classes are ${classes.join(', ')}: expected no | in those of sets`);
  }
  const judged = await judgeLabelled(withCalibration(model, undefined), tracks, classes, options);
  const count = judged.actual.length;
  if (count < LEAST_TRACKS) {
    throw new ModelError(
      `there ${count === 1 ? 'is 1 track' : `are ${count} tracks`} that the model judges: expected at least ${LEAST_TRACKS}`,
    );
  }
  const probabilities = await inTurns(fitScaling(judged), signal);
  const met = judged.probabilities.slice();
  scaleProbabilities(probabilities, met, classes.length, judged.lengths);
  const immobile = classes.indexOf(IMMOBILE);
  return withCalibration(model, {
    tracks: count,
    notJudged: judged.notJudged,
    data,
    probabilities,
    ...(coverage !== null && {
      sets: fitSets({ ...judged, probabilities: met, coverage, immobile }),
    }),
  });
}

const KNOWN = {
  coverage: true,
  data: true,
  workers: true,
  onProgress: true,
  signal: true,
} as const;
