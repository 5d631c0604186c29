import { EvaluationError } from '../errors.ts';
import type { SegmentationMetrics } from './segmentation-metrics.ts';

/**
 * The metrics of several experiments as one, as the second AnDi challenge ranks: means weighted by the numbers of tracks.
 *
 * Throws {@link EvaluationError} for no experiment at all.
 *
 * @example
 * experimentsMean([segmentationMetrics(first), segmentationMetrics(second)]).jaccard
 */
export function experimentsMean(experiments: readonly SegmentationMetrics[]): SegmentationMetrics {
  if (experiments.length === 0) {
    throw new EvaluationError('experiments is empty: expected at least one');
  }
  const tracks = experiments.reduce((sum, { tracks }) => sum + tracks, 0);
  const mean = (name: keyof SegmentationMetrics): number =>
    experiments.reduce((sum, each) => sum + each.tracks * each[name], 0) / tracks;
  return {
    tracks,
    missing: experiments.reduce((sum, { missing }) => sum + missing, 0),
    rmseChange: mean('rmseChange'),
    jaccard: mean('jaccard'),
    maeAlpha: mean('maeAlpha'),
    msleDiffusion: mean('msleDiffusion'),
    f1State: mean('f1State'),
  };
}
