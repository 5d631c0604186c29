import type { TrackModel } from '@diffusion/models';
import { checkSeed, deriveSeed, keyedRandom } from '@diffusion/random';
import { type MotionPrior, motionPrior } from '@diffusion/simulate';
import { mostProbable, selectTracks, type Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, quote } from '@diffusion/tracks/messages';
import { ceilingOn } from './ceiling.ts';
import { commonDrift } from './common-drift.ts';
import { ExpectError } from './errors.ts';
import { estimateErrors } from './estimate-errors.ts';
import type { Expectation } from './expectation.ts';
import { expectedScores } from './expected-scores.ts';
import { make } from './making.ts';
import { drawPool, labelsOf } from './pool.ts';
import { filePosterior } from './posterior.ts';
import { predictiveCheck } from './predictive-check.ts';
import { drawRows } from './rows.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';
import { summaries } from './summaries.ts';
import { inspectPositions } from './warnings.ts';

/** Options of {@link expectOn}. */
export interface ExpectOptions {
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** Tracks like those of the file that are simulated and judged, at least; 2,000 unless told. */
  readonly count?: number;
  /** Exposure as a fraction of the frame, where it is known; the prior's unless told. */
  readonly exposure?: number;
  /** The laws behind the classes of the model; those of `priors/motion.json` unless told. */
  readonly prior?: MotionPrior;
  /** Told how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const OPTIONS = { seed: true, count: true, exposure: true, prior: true, onProgress: true } as const;

/** Tracks of a file from which the posterior is drawn; of more, so many evenly spread ones. */
const MOST_TRACKS = 1_000;
/** Points that the pool has at most; tracks, at most, at least, and per track that is simulated after it. */
const POOL_POINTS = 800_000;
const POOL_TRACKS = 8_000;
const LEAST_POOL = 2_000;
const PER_ROW = 4;
/** Draws of the posterior. */
const DRAWS = 200;

/**
 * What to expect of a model on the tracks of a file. What the tracks are (class, law, D, α, σ, in their own frames, with
 * the tie of length and class) is drawn from the joint posterior of all of them together; tracks like them are simulated and
 * judged by the same model; and what would be counted, if the truth of the file were known, is said with intervals.
 *
 * Throws {@link ExpectError} for options that are none, a file without tracks, and a model whose classes are not those of
 * the prior.
 *
 * @example
 * const { classes } = await expectOn(tracks, await loadPretrained('motion-2d'));
 * for (const { name, recall } of classes) console.log(name, recall.low, recall.high);
 */
export async function expectOn(
  tracks: Tracks,
  model: TrackModel,
  options: ExpectOptions = {},
): Promise<Expectation> {
  checkOptions<ExpectOptions>('expectOn', options, OPTIONS, ExpectError);
  checkTracks(tracks, ExpectError);
  const { seed = 1, count = 2_000, exposure, prior = motionPrior, onProgress } = options;
  checkSeed(seed);
  if (!(Number.isInteger(count) && count >= 100)) {
    throw new ExpectError(`count is ${count}: expected an integer of at least 100`);
  }
  if (exposure !== undefined && !(exposure >= 0 && exposure <= 1)) {
    throw new ExpectError(`exposure is ${exposure}: expected a fraction of the frame, 0 to 1`);
  }
  if (tracks.count === 0) throw new ExpectError('tracks has no track: expected at least one');
  const whole = spread(tracks);
  const drift = commonDrift(tracks, seed);
  const file = drift.found ? spread(drift.tracks) : whole;
  const { classes, probabilities, reasons } = await model.predict(file);
  if (!classes || !probabilities) {
    throw new ExpectError('model gives no classes: expected a classifier');
  }
  const laws = lawsOf(prior, classes);
  const after = directedIn(classes, probabilities);
  const asItIs = drift.found ? (await model.predict(whole)).probabilities : probabilities;
  const before = directedIn(classes, asItIs as Float32Array);
  onProgress?.(0.1);
  const summary = summaries(file);
  const { pixel, warnings } = inspectPositions(tracks, summary.step);
  const points = Math.max(1, file.pointCount / file.count);
  const most = Math.min(POOL_TRACKS, Math.max(LEAST_POOL, PER_ROW * count));
  const pooled = Math.round(Math.min(most, Math.max(LEAST_POOL, POOL_POINTS / points)));
  const pool = drawPool(prior, laws, file, pooled, deriveSeed(seed, 'expectation', 0), {
    exposure,
    ...(pixel > 0 && { pixel: gridOverScale(pixel, summary.step, file.dim) }),
  });
  const known = {
    ...pool,
    summary: summaries(pool.tracks),
    classes: Int32Array.from(pool.label, (name) => classes.indexOf(name)),
  };
  onProgress?.(0.3);
  const posterior = filePosterior({ tracks: file, summary, probabilities }, known, classes.length, {
    draws: DRAWS,
    random: keyedRandom(seed, 'expectation', 1),
  });
  onProgress?.(0.5);
  const rows = drawRows(
    posterior,
    known,
    { summary, count: file.count, probabilities },
    classes.length,
    count,
    keyedRandom(seed, 'expectation', 2),
  );
  const made = make(prior, rows.orders, file, rows.like, {
    seed: deriveSeed(seed, 'expectation', 3),
    pixel,
  });
  onProgress?.(0.6);
  const answer = await model.predict(made.tracks);
  const outcomes: SimulatedOutcomes = {
    classes,
    truth: rows.truth,
    probabilities: answer.probabilities as Float32Array,
    judged: Uint8Array.from(answer.reasons, (reason) => (reason ? 0 : 1)),
    length: Int32Array.from({ length: made.tracks.count }, (_, r) => made.tracks.lengthOf(r)),
    like: rows.like,
    weight: rows.weight,
    diffusion: made.diffusion,
    alpha: made.alpha,
    sigma: made.sigma,
  };
  onProgress?.(0.7);
  const scores = expectedScores(
    outcomes,
    rows,
    posterior,
    file.count,
    keyedRandom(seed, 'expectation', 4),
  );
  const check = predictiveCheck(
    { values: summary.values, length: lengthsOf(file) },
    { values: summaries(made.tracks).values, length: outcomes.length, weight: rows.weight },
    keyedRandom(seed, 'expectation', 6),
  );
  onProgress?.(0.8);
  const estimates = estimateErrors(made.tracks, outcomes, exposure);
  onProgress?.(0.9);
  const ceiling = await ceilingOn(file, model, rows, {
    ...{ classes, prior, exposure },
    seed: deriveSeed(seed, 'expectation', 7),
  });
  onProgress?.(1);
  const { tracks: _, ...moved } = drift;
  return {
    tracks: tracks.count,
    refused: reasons.filter((reason) => reason).length / file.count,
    ...scores,
    estimates,
    ceiling,
    check,
    drift: { ...moved, directed: { before, after } },
    warnings,
    simulated: made.tracks,
    outcomes,
  };
}

const lengthsOf = (tracks: Tracks): Int32Array =>
  Int32Array.from({ length: tracks.count }, (_, i) => tracks.lengthOf(i));

/** How many tracks are called directed. */
function directedIn(classes: readonly string[], probabilities: Float32Array): number {
  const directed = classes.indexOf('directed');
  return mostProbable(probabilities, classes.length, classes.length).filter(
    (c) => c === directed && c >= 0,
  ).length;
}

/** Side of a grid over the deviation of a step per axis; of a track that never moves, over what it would be by its grid. */
const gridOverScale = (pixel: number, step: Float64Array, dim: number): Float64Array =>
  step.map((s) => Math.min(10, pixel / (s > 0 ? s / Math.sqrt(2 * dim) : pixel / 10)));

/** So many evenly spread tracks, or all. */
function spread(tracks: Tracks): Tracks {
  if (tracks.count <= MOST_TRACKS) return tracks;
  const step = tracks.count / MOST_TRACKS;
  return selectTracks(
    tracks,
    Uint32Array.from({ length: MOST_TRACKS }, (_, k) => Math.floor(k * step)),
  );
}

/** Names of the laws of a prior that have a class of the model. */
function lawsOf(prior: MotionPrior, classes: readonly string[]): string[] {
  const labels = labelsOf(prior);
  const unknown = classes.find((name) => !labels.includes(name));
  if (unknown !== undefined) {
    throw new ExpectError(
      `model has the class ${quote(unknown)}: expected those of the prior '${prior.name}', ${labels.join(', ')}`,
    );
  }
  return prior.laws
    .filter(({ share, label }) => share > 0 && classes.includes(label))
    .map(({ name }) => name);
}
