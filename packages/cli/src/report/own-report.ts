import {
  type ConditionsReport,
  classShares,
  type JudgedRows,
  judgedRows,
  type MsdReport,
  type PredictionReport,
  predictionSections,
  type Section,
  type SimulatedRows,
} from '@diffusion/eval';
import { type Expectation, ExpectError, expectOn } from '@diffusion/expect';
import type { MotionOptions } from '@diffusion/features';
import type { TrackModel } from '@diffusion/models';
import { columnValue, mostProbable, type Prediction, type Tracks } from '@diffusion/tracks';
import { estimateTracks } from '../estimate-tracks.ts';
import { withBar } from '../with-bar.ts';
import { labelWeights, msdCurves } from './msd-curves.ts';

/** What is known of the measurement, and how much is computed. */
export interface OwnOptions extends Pick<MotionOptions, 'exposure' | 'sigma'> {
  /** Whether tracks like them are simulated and judged, too, which takes the longest: true unless told. */
  readonly expect?: boolean;
  /** Compares conditions by what the same model says of simulated tracks. */
  readonly compare?: (rows: JudgedRows, simulated: SimulatedRows) => ConditionsReport['conditions'];
  /** What the tracks of a condition were measured in. */
  readonly unitName?: string;
}

/**
 * The parts of the report that tell of tracks and of what a model of classes says of them: everything that can be computed of them
 * without a training.
 *
 * @param name what they are of: the names of the files.
 */
export async function ownSections(
  tracks: Tracks,
  name: string,
  prediction: Prediction,
  model: TrackModel,
  { expect = true, compare, unitName, ...measured }: OwnOptions = {},
): Promise<Section[]> {
  const classes = prediction.classes!;
  const expected = expect ? await expectation(tracks, model, prediction, measured) : NOT_ASKED;
  const rows = judgedRows(tracks, prediction);
  const report: PredictionReport = {
    source: name,
    tracks,
    classes,
    predicted: prediction.codes!,
    probabilities: prediction.probabilities,
    sets: prediction.sets,
    reasons: prediction.reasons,
    estimates: await estimateTracks(tracks, measured),
    msd: curvesOf(tracks, prediction),
    ...('outcomes' in expected
      ? {
          expectation: expected,
          shares: classShares(rows, expected.outcomes),
          ...(compare && {
            conditions: { conditions: compare(rows, expected.outcomes), unitName },
          }),
        }
      : {}),
    missing: [
      ...('outcomes' in expected ? [] : [expected]),
      ...(tracks.positionUnit && tracks.timeUnit ? [] : [WITHOUT_UNITS]),
    ],
  };
  return predictionSections(report);
}

/** What is not there, and how to have it. */
type Missing = readonly [what: string, remedy: string];

const WITHOUT_UNITS: Missing = [
  'D, σ and the MSD in the units of a length and of a time',
  'say what the numbers of the file are: --position-unit or --pixel-size, and --dt',
];

const NOT_ASKED: Missing = ['what to expect on tracks like these', 'leave --no-expect out'];

/** What to expect of the model; of one with other classes than those that are simulated, nothing. */
async function expectation(
  tracks: Tracks,
  model: TrackModel,
  prediction: Prediction,
  { exposure }: Pick<MotionOptions, 'exposure'>,
): Promise<Expectation | Missing> {
  try {
    return await withBar('simulating tracks like these', 100, (onProgress) =>
      expectOn(tracks, model, {
        exposure,
        prediction,
        onProgress: (share) => onProgress(Math.round(100 * share)),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExpectError)) throw error;
    return [
      `what to expect on tracks like these: ${error.message}`,
      'take a model of such classes',
    ];
  }
}

/** Of so few tracks each has a curve of its own. */
const EACH = 4;

/** Drawn in the grey of what has no class. */
const withoutClass = (curve: MsdReport | undefined) => curve && { ...curve, classes: [] };

/** MSD by class, every track counted by its probabilities; of one track, its own. */
function curvesOf(
  tracks: Tracks,
  { classes = [], codes, probabilities }: Prediction,
): MsdReport | undefined {
  const best = probabilities
    ? mostProbable(probabilities, classes.length, classes.length)
    : (codes ?? new Int32Array(tracks.count).fill(-1));
  if (tracks.count === 1) {
    const curve =
      best[0] < 0
        ? withoutClass(msdCurves(tracks, [1], ['not judged']))
        : msdCurves(tracks, labelWeights(best, classes.length), classes);
    return curve && { ...curve, single: true };
  }
  if (tracks.count <= EACH) {
    const ids = tracks.trackColumns.track;
    const names = Array.from(
      { length: tracks.count },
      (_, i) => `track\u00a0${ids ? columnValue(ids, i) : i}`,
    );
    const own = Int32Array.from(names.keys());
    const curves = msdCurves(tracks, labelWeights(own, names.length), names, 1);
    // Colours that are those of no class.
    return curves && { ...curves, classes: [...classes, ...names], single: true };
  }
  const weights = probabilities ?? labelWeights(best, classes.length);
  const curves = msdCurves(tracks, weights, classes);
  return (
    curves && {
      ...curves,
      notes: [
        'Each track counts in every class by its probability there. A curve ends where fewer than ten displacements that do not overlap are left.',
      ],
    }
  );
}
