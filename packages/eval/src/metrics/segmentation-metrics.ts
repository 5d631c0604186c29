import { EvaluationError } from '../errors.ts';
import { assignment } from './assignment.ts';
import { changePointMetrics } from './change-point-metrics.ts';
import { showNumbers } from './show-metrics.ts';

/** A stretch of a track in which the motion does not change, as it is scored. */
export interface ScoredSegment {
  /** The point after its last one; the first segment begins with point 0. */
  readonly to: number;
  readonly alpha: number;
  /** K of ⟨Δx²⟩ = 2 K tᵅ per coordinate. */
  readonly diffusion: number;
  readonly state: string;
}

/** What {@link segmentationMetrics} compares. */
export interface SegmentationInput {
  /** True segments of each track, in their order; at least one. */
  readonly actual: readonly (readonly ScoredSegment[])[];
  /** Segments that are said of each; undefined or empty where nothing is said. */
  readonly predicted: readonly (readonly ScoredSegment[] | undefined)[];
}

/** How well tracks of one experiment were segmented, as the second AnDi challenge scores it. */
export interface SegmentationMetrics {
  readonly tracks: number;
  /** Tracks of which nothing was said: each counts with the largest errors. */
  readonly missing: number;
  /** Root of the mean squared distance of the changes that were found, in frames; 0 when none was. */
  readonly rmseChange: number;
  /** Jaccard similarity of changes, TP / (TP + FP + FN) over all tracks. */
  readonly jaccard: number;
  /** Mean absolute error of α over the pairs of segments. */
  readonly maeAlpha: number;
  /** Mean of (ln(1 + K) − ln(1 + K̂))² over the pairs of segments. */
  readonly msleDiffusion: number;
  /** Share of the pairs of segments whose state is right: F1 micro. */
  readonly f1State: number;
}

/** Bounds of the challenge's models, by which the program caps its errors. */
const ALPHA_BOUND = 1.999;
const DIFFUSION_BOUNDS = [1e-12, 1e6] as const;
/** Errors that a value counts with which is none. */
const WORST = { alpha: 2, diffusion: 1e5 };

/**
 * The metrics of the challenge's program on the tracks of one experiment, its quirks included. Change points are paired for
 * the least total distance and found within 10 frames, strictly less. Segments are paired for the greatest sum of their
 * overlaps (Jaccard similarity of their frames); what is not paired does not count, so that a method that says less is not
 * scored on what it left out: look at {@link frameMetrics} beside. Where a track has no change, or is said to have none, one
 * pair counts. An α that is no number in 0 … 2 counts as off by 2.
 *
 * Throws {@link EvaluationError} unless there are as many predictions as truths, and for a truth without segments or segments
 * that do not ascend.
 *
 * Source: `error_SingleTraj_dataset` of andi-datasets 2.1.13; G. Muñoz-Gil et al., Nat. Commun. 2025 (arXiv 2311.18100).
 *
 * @example
 * const whole = [{ to: 200, alpha: 1, diffusion: 0.5, state: 'free' }];
 * segmentationMetrics({ actual: [whole], predicted: [[{ ...whole[0], alpha: 0.8 }]] }).maeAlpha // 0.2
 */
export function segmentationMetrics({ actual, predicted }: SegmentationInput): SegmentationMetrics {
  checkSegments({ actual, predicted });
  const said = predicted.map((segments) => (segments?.length ? segments : undefined));
  const pairs = said.flatMap((segments, t) => {
    if (!segments) return [{ alpha: [2, 0], diffusion: [WORST.diffusion + 1, 1], right: false }];
    return scoredPairs(actual[t], segments).map(([i, j]) => {
      const [a, b] = [actual[t][i], segments[j]];
      return {
        alpha: [a.alpha, b.alpha],
        diffusion: [a.diffusion, b.diffusion],
        right: a.state === b.state,
      };
    });
  });
  const mean = (take: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((sum, pair) => sum + take(pair), 0) / pairs.length;
  // A track of which nothing is said counts as one change missed and one invented.
  const changes = changePointMetrics({
    actual: actual.map((segments, t) => (said[t] ? changesOf(segments) : [20])),
    predicted: said.map((segments) => (segments ? changesOf(segments) : [10])),
  });
  const [least, most] = DIFFUSION_BOUNDS;
  return showNumbers('metrics of segments', {
    tracks: actual.length,
    missing: said.filter((segments) => !segments).length,
    rmseChange: Number.isNaN(changes.rmse) ? 0 : changes.rmse,
    jaccard: changes.jaccard,
    maeAlpha: Math.min(
      ALPHA_BOUND,
      mean(({ alpha: [a, b] }) => alphaError(a, b)),
    ),
    msleDiffusion: Math.min(
      (Math.log1p(most) - Math.log1p(least)) ** 2,
      mean(({ diffusion: [a, b] }) => diffusionError(a, b)),
    ),
    f1State: mean(({ right }) => Number(right)),
  });
}

/** |α − α̂|, or the worst for an α̂ that is none. */
export function alphaError(actual: number, said: number): number {
  return said >= 0 && said <= 2 ? Math.abs(actual - said) : WORST.alpha;
}

/** (ln(1 + K) − ln(1 + K̂))² of what the challenge allows K to be. */
export function diffusionError(actual: number, said: number): number {
  const least = DIFFUSION_BOUNDS[0];
  const k = Math.max(least, Math.abs(actual));
  const other = Number.isNaN(said)
    ? Math.abs(actual) + WORST.diffusion
    : Math.max(least, Math.abs(said));
  return (Math.log1p(k) - Math.log1p(other)) ** 2;
}

const changesOf = (segments: readonly ScoredSegment[]): number[] =>
  segments.slice(0, -1).map(({ to }) => to);

/** Places of the segments that are scored against each other. */
function scoredPairs(
  actual: readonly ScoredSegment[],
  said: readonly ScoredSegment[],
): [number, number][] {
  const [ours, theirs] = [overlaps(actual), overlaps(said)];
  const columnOf = assignment(
    ours.length,
    theirs.length,
    (i, j) => 1 - jaccard(ours[i], theirs[j]),
  );
  const pairs = [...columnOf].flatMap((j, i): [number, number][] => (j < 0 ? [] : [[i, j]]));
  if (actual.length > 1 && said.length > 1) return pairs;
  if (actual.length === 1) return [[0, said.length === 1 ? 0 : columnOf[0]]];
  // The program takes the place of the pair in its list for the place of the segment.
  return [[pairs.findIndex(([, j]) => j === 0), 0]];
}

/** Frames of the segments as the program lays them out, first and last: those behind a change belong to what was before it. */
function overlaps(segments: readonly ScoredSegment[]): [number, number][] {
  const end = segments[segments.length - 1].to;
  const changes = segments.length > 1 ? changesOf(segments) : [end];
  return [0, ...changes].map((from, k) => [
    k === 0 ? 0 : from + 1,
    Math.min(end - 1, changes[k] ?? end - 1),
  ]);
}

function jaccard([a, b]: [number, number], [c, d]: [number, number]): number {
  const both = Math.max(0, Math.min(b, d) - Math.max(a, c) + 1);
  const either = Math.max(0, b - a + 1) + Math.max(0, d - c + 1) - both;
  return either === 0 ? 0 : both / either;
}

/** Throws {@link EvaluationError} for lists that do not fit each other. */
export function checkSegments({ actual, predicted }: SegmentationInput): void {
  if (actual.length !== predicted.length) {
    throw new EvaluationError(
      `predicted has ${predicted.length} tracks: expected as many as actual, ${actual.length}`,
    );
  }
  actual.forEach((segments, t) => {
    if (segments.length === 0) {
      throw new EvaluationError(`actual[${t}] has no segment: expected at least one`);
    }
  });
  for (const [name, list] of Object.entries({ actual, predicted })) {
    list.forEach((segments, t) => {
      segments?.forEach(({ to }, k) => {
        const before = k === 0 ? 0 : segments[k - 1].to;
        if (Number.isInteger(to) && to > before) return;
        throw new EvaluationError(
          `${name}[${t}][${k}].to is ${to}: expected a whole number above ${before}`,
        );
      });
    });
  }
}
