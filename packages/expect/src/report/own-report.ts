import {
  type ConditionsReport,
  classShares,
  type JudgedRows,
  judgedRows,
  type MsdReport,
  type PredictionReport,
  type SimulatedRows,
} from '@diffusion/eval';
import { type MotionEstimate, type MotionOptions, motionEstimates } from '@diffusion/features';
import type { TrackModel } from '@diffusion/models';
import { columnValue, mostProbable, type Prediction, type Tracks } from '@diffusion/tracks';
import { ExpectError } from '../errors.ts';
import { expectOn } from '../expect-on.ts';
import type { Expectation } from '../expectation.ts';
import { labelWeights, msdCurves } from './msd-curves.ts';

/** A piece of work of which it is told how much is done, as a bar of progress shows it. */
export type Working = <Result>(
  doing: string,
  total: number,
  work: (onProgress: (done: number) => void) => Promise<Result>,
) => Promise<Result>;

/** How to have what a report does not hold, in the words of the program that made it. */
export interface Remedies {
  readonly units: string;
  readonly expectation: string;
  readonly otherClasses: string;
}

/** What is known of the measurement, and how much is computed. */
export interface OwnReportOptions extends Pick<MotionOptions, 'exposure' | 'sigma'> {
  /** Whether tracks like them are simulated and judged, too, which takes the longest: true unless told. */
  readonly expect?: boolean;
  /** Compares conditions by what the same model says of simulated tracks. */
  readonly compare?: (rows: JudgedRows, simulated: SimulatedRows) => ConditionsReport['conditions'];
  /** What the tracks of a condition were measured in. */
  readonly unitName?: string;
  /** D, α and σ of every track; by `motionEstimates` unless told. */
  readonly estimate?: (
    tracks: Tracks,
    measured: Pick<MotionOptions, 'exposure' | 'sigma'>,
  ) => Promise<readonly MotionEstimate[]>;
  /** Shows how far the work has come. */
  readonly working?: Working;
  /** The words of the command unless told. */
  readonly remedies?: Remedies;
}

/**
 * What there is to say of tracks and of what a model of classes says of them: everything that can be computed of them without a
 * training. `predictionSections` of `@diffusion/eval` makes the parts of the report of it.
 *
 * Throws what `expectOn` throws, but {@link ExpectError} of a model with other classes than those that are simulated: the
 * report then says that it is missing.
 *
 * @param name what they are of: the names of the files.
 *
 * @example
 * const report = await ownReport(tracks, 'cell 3.csv', await model.predict(tracks), model, { expect: false });
 * const html = await renderReport({ title: 'cell 3', sections: predictionSections(report) });
 */
export async function ownReport(
  tracks: Tracks,
  name: string,
  prediction: Prediction,
  model: TrackModel,
  options: OwnReportOptions = {},
): Promise<PredictionReport> {
  const {
    expect = true,
    compare,
    unitName,
    estimate = async (of, known) => motionEstimates(of, known),
    working = (_, __, work) => work(() => {}),
    remedies = OF_THE_COMMAND,
    ...measured
  } = options;
  const classes = prediction.classes!;
  const expected: Expectation | Missing = expect
    ? await expectation(tracks, model, prediction, measured, { working, remedies })
    : ['what to expect on tracks like these', remedies.expectation];
  const rows = judgedRows(tracks, prediction);
  return {
    source: name,
    tracks,
    classes,
    predicted: prediction.codes!,
    probabilities: prediction.probabilities,
    sets: prediction.sets,
    reasons: prediction.reasons,
    estimates: await estimate(tracks, measured),
    msd: ownCurves(tracks, prediction),
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
      ...(tracks.positionUnit && tracks.timeUnit
        ? []
        : [['D, σ and the MSD in the units of a length and of a time', remedies.units] as const]),
    ],
  };
}

/** What is not there, and how to have it. */
type Missing = readonly [what: string, remedy: string];

const OF_THE_COMMAND: Remedies = {
  units: 'say what the numbers of the file are: --position-unit or --pixel-size, and --dt',
  expectation: 'leave --no-expect out',
  otherClasses: 'take a model of such classes',
};

/** What to expect of the model; of one with other classes than those that are simulated, nothing. */
async function expectation(
  tracks: Tracks,
  model: TrackModel,
  prediction: Prediction,
  { exposure }: Pick<MotionOptions, 'exposure'>,
  { working, remedies }: { readonly working: Working; readonly remedies: Remedies },
): Promise<Expectation | Missing> {
  try {
    return await working('simulating tracks like these', 100, (onProgress) =>
      expectOn(tracks, model, {
        exposure,
        prediction,
        onProgress: (share) => onProgress(Math.round(100 * share)),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExpectError)) throw error;
    return [`what to expect on tracks like these: ${error.message}`, remedies.otherClasses];
  }
}

/** Of so few tracks each has a curve of its own. */
const EACH = 4;

/** Drawn in the grey of what has no class. */
const withoutClass = (curve: MsdReport | undefined) => curve && { ...curve, classes: [] };

/**
 * MSD by class, every track counted by its probabilities; of four tracks and fewer, each its own. Undefined where there is none.
 *
 * @example
 * const curves = ownCurves(tracks, await model.predict(tracks));
 */
export function ownCurves(
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
