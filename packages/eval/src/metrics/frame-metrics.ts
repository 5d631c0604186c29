import {
  alphaError,
  checkSegments,
  diffusionError,
  type ScoredSegment,
  type SegmentationInput,
} from './segmentation-metrics.ts';

/** Errors of a segmentation over all frames. */
export interface FrameMetrics {
  readonly frames: number;
  /** Mean of |α − α̂|. */
  readonly maeAlpha: number;
  /** Mean of (ln(1 + K) − ln(1 + K̂))². */
  readonly msleDiffusion: number;
  /** Share of the frames whose state is right. */
  readonly stateAccuracy: number;
}

/**
 * Compares segmentations frame by frame: every frame of the truth counts once, whatever was said, so that saying nothing of a
 * segment is no way out. A frame of which nothing is said counts with the largest errors, as in {@link segmentationMetrics}.
 *
 * Throws what segmentationMetrics throws.
 *
 * @example
 * const actual = [[{ to: 50, alpha: 1, diffusion: 1, state: 'free' }, { to: 100, alpha: 0.5, diffusion: 1, state: 'free' }]];
 * frameMetrics({ actual, predicted: [[{ to: 100, alpha: 1, diffusion: 1, state: 'free' }]] }).maeAlpha // 0.25
 */
export function frameMetrics(input: SegmentationInput): FrameMetrics {
  checkSegments(input);
  const { actual, predicted } = input;
  let [frames, ofAlpha, ofDiffusion, right] = [0, 0, 0, 0];
  actual.forEach((segments, t) => {
    const said = predicted[t] ?? [];
    const end = segments[segments.length - 1].to;
    const edges = [...new Set([...segments, ...said].map(({ to }) => Math.min(to, end)))];
    let from = 0;
    for (const to of edges.sort((a, b) => a - b)) {
      const truth = at(segments, from) as ScoredSegment;
      const guess = at(said, from);
      const length = to - from;
      frames += length;
      ofAlpha += length * alphaError(truth.alpha, guess?.alpha ?? Number.NaN);
      ofDiffusion += length * diffusionError(truth.diffusion, guess?.diffusion ?? Number.NaN);
      if (guess?.state === truth.state) right += length;
      from = to;
    }
  });
  return {
    frames,
    maeAlpha: ofAlpha / frames,
    msleDiffusion: ofDiffusion / frames,
    stateAccuracy: right / frames,
  };
}

/** The segment that a frame is of. */
function at(segments: readonly ScoredSegment[], frame: number): ScoredSegment | undefined {
  return segments.find(({ to }) => frame < to);
}
