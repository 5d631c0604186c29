import {
  type MsdReport,
  type PredictionReport,
  predictionSections,
  type Section,
} from '@diffusion/eval';
import type { MotionOptions } from '@diffusion/features';
import { columnValue, mostProbable, type Prediction, type Tracks } from '@diffusion/tracks';
import { estimateTracks } from '../estimate-tracks.ts';
import { labelWeights, msdCurves } from './msd-curves.ts';

/** What is known of the measurement. */
export type Measured = Pick<MotionOptions, 'exposure' | 'sigma'>;

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
  measured: Measured = {},
): Promise<Section[]> {
  const classes = prediction.classes!;
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
  };
  return predictionSections(report);
}

/** Of so few tracks each has a curve of its own. */
const EACH = 4;

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
        ? msdCurves(tracks, [1], ['not judged'])
        : msdCurves(tracks, labelWeights(best, classes.length), classes);
    return curve && { ...curve, single: true };
  }
  if (tracks.count <= EACH) {
    const ids = tracks.trackColumns.track;
    const names = Array.from(
      { length: tracks.count },
      (_, i) => `track ${ids ? columnValue(ids, i) : i}`,
    );
    const own = Int32Array.from(names.keys());
    const curves = msdCurves(tracks, labelWeights(own, names.length), names, 1);
    return curves && { ...curves, single: true };
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
