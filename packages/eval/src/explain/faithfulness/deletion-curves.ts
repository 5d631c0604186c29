import { keyedRandom } from '@diffusion/random';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { EvaluationError } from '../../errors.ts';
import { type Judge, shareOrExponent } from '../answers/explained-answers.ts';
import { judgeVariants, type Variant } from '../answers/variants.ts';
import { orderOf, relevanceOf } from '../points/relevant-points.ts';
import type { Relevance } from '../relevance.ts';
import { type MeasuredOptions, motionLawsOf, type TrackLaw } from '../resimulate/motion-laws.ts';
import { resimulate } from '../resimulate/resimulate.ts';

/** Options of {@link deletionCurves}. */
export interface CurvesOptions extends MeasuredOptions {
  /** Steps from none to all points; 10 unless told. */
  readonly steps?: number;
  /** Draws per track and step; 2 unless told. */
  readonly draws?: number;
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** The law of each track where it is known already; its own estimate unless told. */
  readonly laws?: readonly (TrackLaw | undefined)[];
  /** Told of how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const OPTIONS = {
  steps: true,
  draws: true,
  seed: true,
  laws: true,
  exposure: true,
  sigma: true,
  onProgress: true,
} as const;

/** How an answer goes down where points are taken away, and up where they are given back. */
export interface DeletionCurves {
  /** Shares of the points that are drawn anew, or kept: 0 to 1. */
  readonly fractions: readonly number[];
  /** Mean answer (probability of the class, or α) where the most relevant points are drawn anew. */
  readonly deletion: readonly number[];
  /** … where they alone are kept. */
  readonly insertion: readonly number[];
  /** … where points of a random order are drawn anew, and where they alone are kept. */
  readonly randomDeletion: readonly number[];
  readonly randomInsertion: readonly number[];
  /** Areas under the curves, over a width of 1: the less of `deletion` and the more of `insertion`, the more faithful. */
  readonly areas: {
    readonly deletion: number;
    readonly insertion: number;
    readonly randomDeletion: number;
    readonly randomInsertion: number;
  };
  /** Tracks that the means are of. */
  readonly tracks: number;
}

const CURVES = ['deletion', 'insertion', 'randomDeletion', 'randomInsertion'] as const;

/**
 * Whether points that are said to be relevant are: deletion and insertion curves (Petsiuk et al. 2018, RISE; of time series, Schlegel et al. 2019) and
 * the areas under them, beside those of a random order. A point that is deleted is drawn anew by the law of its track, bound to
 * the points that are kept ({@link resimulate}). The answer is the probability of the class that the relevance explains, or
 * the exponent; a step at which a track is not judged any more repeats the answer before it.
 *
 * Throws {@link EvaluationError} for an option that is out of its range, and where no track is explained.
 *
 * @example
 * const { areas } = await deletionCurves(tracks, model, relevance);
 * areas.deletion < areas.randomDeletion && areas.insertion > areas.randomInsertion // a faithful explanation
 */
export async function deletionCurves(
  tracks: Tracks,
  judge: Judge,
  relevance: Pick<Relevance, 'points' | 'target'>,
  options: CurvesOptions = {},
): Promise<DeletionCurves> {
  checkOptions<CurvesOptions>('deletionCurves', options, OPTIONS, EvaluationError);
  checkTracks(tracks, EvaluationError);
  const { steps = 10, draws = 2, seed = 1, onProgress } = options;
  for (const [name, value] of Object.entries({ steps, draws })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new EvaluationError(`${name} is ${value}: expected an integer of at least 1`);
    }
  }
  const { points, target } = relevance;
  const laws = options.laws ?? motionLawsOf(tracks, options);
  const rows = Array.from({ length: tracks.count }, (_, row) => row).filter(
    (row) => laws[row] !== undefined && !relevanceOf(tracks, points, row).some(Number.isNaN),
  );
  if (rows.length === 0) throw new EvaluationError('no track is explained: expected at least one');
  const width = steps + 1;
  // Per track and curve the sum over draws of every step, and how many were judged.
  const sums = new Float64Array(rows.length * CURVES.length * width);
  const judged = new Uint16Array(sums.length);
  await judgeVariants(
    tracks,
    judge,
    variants(tracks, laws, rows, points, { steps, draws, seed }),
    (answers, part) => {
      const values = shareOrExponent(
        answers,
        part.map(({ row }) => target[row]),
      );
      values.forEach((value, v) => {
        if (Number.isNaN(value)) return;
        const { place } = part[v] as Step;
        sums[place] += value;
        judged[place]++;
      });
      onProgress?.((part[part.length - 1] as Step).share);
    },
  );
  const curves = CURVES.map((_, c) => {
    const mean = new Float64Array(width);
    for (let r = 0; r < rows.length; r++) {
      const from = (r * CURVES.length + c) * width;
      // From the whole track on: insertion begins with all points, the other way round.
      const order = Array.from({ length: width }, (_, s) => (c % 2 === 0 ? s : steps - s));
      let last = Number.NaN;
      for (const s of order) {
        if (judged[from + s] > 0) last = sums[from + s] / judged[from + s];
        mean[s] += last / rows.length;
      }
    }
    return Array.from(mean);
  });
  const [deletion, insertion, randomDeletion, randomInsertion] = curves;
  const areas = curves.map(areaUnder);
  return {
    fractions: Array.from({ length: width }, (_, s) => s / steps),
    ...{ deletion, insertion, randomDeletion, randomInsertion },
    areas: {
      deletion: areas[0],
      insertion: areas[1],
      randomDeletion: areas[2],
      randomInsertion: areas[3],
    },
    tracks: rows.length,
  };
}

/** The area under a curve of even steps over a width of 1, by trapezia. */
function areaUnder(curve: readonly number[]): number {
  const steps = curve.length - 1;
  return curve.reduce((sum, y, s) => sum + (s === 0 || s === steps ? y / 2 : y), 0) / steps;
}

interface Step extends Variant {
  /** Where its answer is summed. */
  readonly place: number;
  /** Of the work that is done with it. */
  readonly share: number;
}

function* variants(
  tracks: Tracks,
  laws: readonly (TrackLaw | undefined)[],
  rows: readonly number[],
  points: ArrayLike<number>,
  { steps, draws, seed }: { steps: number; draws: number; seed: number },
): Generator<Step> {
  for (const [r, row] of rows.entries()) {
    const track = tracks.at(row);
    const random = keyedRandom(seed, 'occlusion', 1, row);
    const relevant = orderOf(relevanceOf(tracks, points, row));
    for (let draw = 0; draw < draws; draw++) {
      const any = orderOf(Float64Array.from(relevant, () => random.uniform()));
      for (const [c] of CURVES.entries()) {
        const order = c < 2 ? relevant : any;
        for (let s = 0; s <= steps; s++) {
          const gone = new Uint8Array(track.length).fill(c % 2);
          const touched = Math.round((s / steps) * track.length);
          for (let k = 0; k < touched; k++) gone[order[k]] = 1 - (c % 2);
          yield {
            row,
            place: (r * CURVES.length + c) * (steps + 1) + s,
            share: (r + 1) / rows.length,
            positions: resimulate(track, laws[row]!, gone, random),
          };
        }
      }
    }
  }
}
