import type { TrackModel } from '@diffusion/models';
import { checkSeed, deriveSeed, keyedRandom } from '@diffusion/random';
import { type MotionPrior, motionPrior } from '@diffusion/simulate';
import { type Prediction, selectTracks, type Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, quote } from '@diffusion/tracks/messages';
import { alternativesOf } from './alternatives.ts';
import { commonDrift } from './common-drift.ts';
import { ExpectError } from './errors.ts';
import { make } from './making.ts';
import { drawPool, labelsOf } from './pool.ts';
import { filePosterior } from './posterior.ts';
import { drawRows } from './rows.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';
import { summaries } from './summaries.ts';
import { inspectPositions } from './warnings.ts';

/** Options of `expectOn` and of `outcomesOn`. */
export interface ExpectOptions {
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** Tracks like those of the file that are simulated and judged, at least; 2,000 unless told. */
  readonly count?: number;
  /** Exposure as a fraction of the frame, where it is known; the prior's unless told. */
  readonly exposure?: number;
  /** The laws behind the classes of the model; those of `priors/motion.json` unless told. */
  readonly prior?: MotionPrior;
  /** What the model says of the tracks, where it was asked already; it is asked unless told. */
  readonly prediction?: Prediction;
  /** Told how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const OPTIONS = {
  seed: true,
  count: true,
  exposure: true,
  prior: true,
  prediction: true,
  onProgress: true,
} as const;

/** Tracks of a file from which the posterior is drawn; of more, so many evenly spread ones. */
const MOST_TRACKS = 1_000;
/** Points that the pool has at most; tracks, at most, at least, and per track that is simulated after it. */
const POOL_POINTS = 800_000;
const POOL_TRACKS = 8_000;
const LEAST_POOL = 2_000;
const PER_ROW = 4;
/** Draws of the posterior. */
const DRAWS = 200;

/** How far on the way to what to expect the tracks have been simulated and judged. */
export const SIMULATED = 0.7;

/** What the tracks of a file are, by the joint posterior of all, and tracks like them with what the model says of them. */
export async function simulateLike(
  name: string,
  tracks: Tracks,
  model: TrackModel,
  options: ExpectOptions,
) {
  checkOptions<ExpectOptions>(name, options, OPTIONS, ExpectError);
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
  const taken = spread(tracks.count);
  const drift = commonDrift(tracks, seed);
  const file = selectTracks(drift.found ? drift.tracks : tracks, taken);
  const asItIs = async () =>
    options.prediction
      ? rowsOf(options.prediction, tracks.count, taken)
      : await answers(model, selectTracks(tracks, taken));
  const { classes, probabilities, reasons } = drift.found
    ? await answers(model, file)
    : await asItIs();
  const laws = lawsOf(prior, classes);
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
    length: made.tracks.lengths(),
    like: rows.like,
    weight: rows.weight,
    alternatives: alternativesOf(posterior, rows, file.count),
    diffusion: made.diffusion,
    alpha: made.alpha,
    sigma: made.sigma,
  };
  onProgress?.(SIMULATED);
  return {
    asItIs,
    drift,
    file,
    reasons,
    probabilities,
    summary,
    warnings,
    posterior,
    rows,
    made,
    outcomes,
  };
}

/** Side of a grid over the deviation of a step per axis; of a track that never moves, over what it would be by its grid. */
const gridOverScale = (pixel: number, step: Float64Array, dim: number): Float64Array =>
  step.map((s) => Math.min(10, pixel / (s > 0 ? s / Math.sqrt(2 * dim) : pixel / 10)));

/** What a classifier says of tracks. */
interface Answers {
  readonly classes: readonly string[];
  readonly probabilities: Float32Array;
  readonly reasons: Prediction['reasons'];
}

async function answers(model: TrackModel, tracks: Tracks): Promise<Answers> {
  return classesOf(await model.predict(tracks));
}

function classesOf({ classes, probabilities, reasons }: Prediction): Answers {
  if (!classes || !probabilities) {
    throw new ExpectError('model gives no classes: expected a classifier');
  }
  return { classes, probabilities, reasons };
}

/** Of an answer for all tracks, that for some. */
function rowsOf(prediction: Prediction, count: number, taken: Uint32Array): Answers {
  const { classes, probabilities, reasons } = classesOf(prediction);
  if (reasons.length !== count || probabilities.length !== count * classes.length) {
    throw new ExpectError(
      `prediction is of ${reasons.length} tracks: expected that of the ${count} that tracks has`,
    );
  }
  const width = classes.length;
  const rows = new Float32Array(taken.length * width);
  taken.forEach((i, row) => {
    rows.set(probabilities.subarray(i * width, (i + 1) * width), row * width);
  });
  return { classes, probabilities: rows, reasons: Array.from(taken, (i) => reasons[i]) };
}

/** So many evenly spread places of all, or all. */
function spread(count: number): Uint32Array {
  const length = Math.min(count, MOST_TRACKS);
  const step = count / length;
  return Uint32Array.from({ length }, (_, k) => Math.floor(k * step));
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
