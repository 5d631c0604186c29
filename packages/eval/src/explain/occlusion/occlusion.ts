import { keyedRandom } from '@diffusion/random';
import { makeReason, type Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { EvaluationError } from '../../errors.ts';
import { codesOfTarget, explainedAnswers, type Judge } from '../answers/explained-answers.ts';
import { judgeVariants, type Variant } from '../answers/variants.ts';
import type { Relevance } from '../relevance.ts';
import { type MeasuredOptions, motionLawsOf, type TrackLaw } from '../resimulate/motion-laws.ts';
import { resimulate } from '../resimulate/resimulate.ts';
import type { Target } from '../targets.ts';

/** Options of {@link occlusion}. */
export interface OcclusionOptions extends MeasuredOptions {
  /** What is explained; the most probable class of each track unless told, or the exponent where there are no classes. */
  readonly target?: Target;
  /** Points of a stretch; a twentieth of the track unless told, and 4 at least. Every next stretch begins half of it later. */
  readonly window?: number;
  /** Draws per stretch; 4 unless told. */
  readonly draws?: number;
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** The law of each track where it is known already; its own estimate unless told. */
  readonly laws?: readonly (TrackLaw | undefined)[];
  /** Told of how many tracks the answer is known. */
  readonly onProgress?: (done: number) => void;
}

const OPTIONS = {
  target: true,
  window: true,
  draws: true,
  seed: true,
  laws: true,
  exposure: true,
  sigma: true,
  onProgress: true,
} as const;

/**
 * Relevance of points by occlusion (Zeiler & Fergus 2014, sec. 4.2) of stretches of a track: each stretch is drawn anew, by the
 * track's own law and bound to the points beside it ({@link resimulate}), so that what the model sees is a track and not
 * a track with zeros in it. What the answer loses by it (log-odds of the class, or the exponent) is the relevance of the
 * stretch, that of a point the mean over the stretches that it lies in, divided by their points. It needs of a model no
 * more than `predict`: forests, rules, and several models that answer as one are explained like networks.
 *
 * A track that is not judged, and one without a law, has NaN; a stretch whose draws are not judged has 0.
 * Throws {@link EvaluationError} for an option that is out of its range.
 *
 * @example
 * const { points } = await occlusion(tracks, model, { draws: 8 });
 */
export async function occlusion(
  tracks: Tracks,
  judge: Judge,
  options: OcclusionOptions = {},
): Promise<Relevance> {
  checkOptions<OcclusionOptions>('occlusion', options, OPTIONS, EvaluationError);
  checkTracks(tracks, EvaluationError);
  const { target, window, draws = 4, seed = 1, onProgress } = options;
  if (window !== undefined && !(Number.isInteger(window) && window >= 1)) {
    throw new EvaluationError(`window is ${window}: expected an integer of at least 1`);
  }
  if (!(Number.isInteger(draws) && draws >= 1)) {
    throw new EvaluationError(`draws is ${draws}: expected an integer of at least 1`);
  }
  const laws = options.laws ?? motionLawsOf(tracks, options);
  const prediction = await judge.predict(tracks);
  const targets = codesOfTarget(prediction, target);
  const output = Float32Array.from(explainedAnswers(prediction, targets));
  const points = new Float32Array(tracks.pointCount).fill(Number.NaN);
  const covered = new Uint16Array(tracks.pointCount);
  const explained = (row: number) => !Number.isNaN(output[row]) && laws[row] !== undefined;
  for (let row = 0; row < tracks.count; row++) {
    if (explained(row)) points.fill(0, tracks.offsets[row], tracks.offsets[row + 1]);
  }
  await judgeVariants(
    tracks,
    judge,
    stretches(tracks, laws, explained, { window, draws, seed }),
    (answers, part) => {
      const targetOf = part.map(({ row }) => targets[row]);
      explainedAnswers(answers, targetOf).forEach((answer, v) => {
        const { row, from, to } = part[v] as Stretch;
        const loss = Number.isNaN(answer) ? 0 : (output[row] - answer) / (to - from);
        for (let p = tracks.offsets[row] + from; p < tracks.offsets[row] + to; p++) {
          points[p] += loss;
          covered[p]++;
        }
      });
      onProgress?.(part[part.length - 1].row);
    },
  );
  for (let p = 0; p < points.length; p++) if (covered[p] > 0) points[p] /= covered[p];
  onProgress?.(tracks.count);
  return {
    method: 'occlusion',
    target: targets,
    points,
    parts: {},
    reasons: prediction.reasons.map(
      (reason, row) => reason ?? (laws[row] ? undefined : makeReason('noSteps', {})),
    ),
    output,
    absorbed: Float32Array.from(output, (value, row) => value - sumOf(tracks, points, row)),
  };
}

interface Stretch extends Variant {
  readonly from: number;
  readonly to: number;
}

/** Places of the stretches of a track: each half a window after the other, the last ends with the track. */
export function windowsOf(length: number, window: number): [from: number, to: number][] {
  const size = Math.min(window, length);
  const step = Math.max(1, Math.ceil(size / 2));
  const places: [number, number][] = [];
  for (let from = 0; from + size < length; from += step) places.push([from, from + size]);
  places.push([length - size, length]);
  return places;
}

function* stretches(
  tracks: Tracks,
  laws: readonly (TrackLaw | undefined)[],
  explained: (row: number) => boolean,
  { window, draws, seed }: { window: number | undefined; draws: number; seed: number },
): Generator<Stretch> {
  for (let row = 0; row < tracks.count; row++) {
    if (!explained(row)) continue;
    const track = tracks.at(row);
    const random = keyedRandom(seed, 'occlusion', 0, row);
    const size = window ?? Math.max(4, Math.round(track.length / 20));
    for (const [from, to] of windowsOf(track.length, size)) {
      const gone = new Uint8Array(track.length).fill(1, from, to);
      for (let d = 0; d < draws; d++) {
        yield { row, from, to, positions: resimulate(track, laws[row]!, gone, random) };
      }
    }
  }
}

/** The sum of what the points of a track have. */
function sumOf({ offsets }: Tracks, points: Float32Array, row: number): number {
  let sum = 0;
  for (let p = offsets[row]; p < offsets[row + 1]; p++) sum += points[p];
  return sum;
}
