import { ReadError } from '@diffusion/tracks';
import { quote } from '@diffusion/tracks/messages';
import { type FrameMetrics, frameMetrics } from '../metrics/frame-metrics.ts';
import { type SegmentationMetrics, segmentationMetrics } from '../metrics/segmentation-metrics.ts';
import type { SegmentTable } from './parse-segments.ts';

/** How segments compare with the true ones: as the challenge scores, and over all frames. */
export interface SegmentComparison extends SegmentationMetrics {
  readonly frames: FrameMetrics;
}

/**
 * Compares segments with true ones, track by track by their ids. A true track that is not among the predictions counts as one of
 * which nothing was said.
 *
 * Throws ReadError for a predicted track that there is not, and for a reference without tracks.
 *
 * @example
 * compareSegments(parseSegments(text, 'segments.csv'), parseSegments(truth, 'traj_labs_fov_0.txt')).jaccard
 */
export function compareSegments(
  predictions: SegmentTable,
  reference: SegmentTable,
): SegmentComparison {
  const unknown = [...predictions.tracks.keys()].find((id) => !reference.tracks.has(id));
  if (unknown !== undefined) {
    throw new ReadError(
      `there is no track ${quote(unknown.replace('\n', ' / '))} of ${predictions.source}: expected the same tracks`,
      { source: reference.source },
    );
  }
  if (reference.tracks.size === 0) {
    throw new ReadError('there is no track: expected true segments', { source: reference.source });
  }
  const input = {
    actual: [...reference.tracks.values()],
    predicted: [...reference.tracks.keys()].map((id) => predictions.tracks.get(id)),
  };
  return { ...segmentationMetrics(input), frames: frameMetrics(input) };
}
