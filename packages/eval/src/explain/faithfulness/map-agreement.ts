import type { Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../../errors.ts';
import { mostRelevantPoints, relevanceOf } from '../points/relevant-points.ts';
import { rankCorrelation } from './rank-correlation.ts';

/** How far maps of the same tracks say the same. */
export interface MapAgreement {
  /** Mean over tracks and pairs of maps of Spearman's rank correlation of the points: 1 the same order, 0 nothing in common. */
  readonly correlation: number;
  /** Mean share of the `top` most relevant points that two maps have in common. */
  readonly overlap: number;
  /** Tracks that the means are of. */
  readonly tracks: number;
}

/**
 * How far explanations of the same tracks agree, every one with every other: of repeated trainings, of methods, of a network before
 * and after its weights are shuffled. What two trainings that answer alike do not agree on is no property of the tracks.
 *
 * Throws {@link EvaluationError} unless there are two maps or more, each with a number per point.
 *
 * @param maps a number per point of the tracks each.
 * @param options.top most relevant points that are compared; 25 unless told.
 *
 * @example
 * const { correlation, overlap } = mapAgreement(tracks, [first.points, second.points]);
 */
export function mapAgreement(
  tracks: Tracks,
  maps: readonly ArrayLike<number>[],
  { top = 25 }: { readonly top?: number } = {},
): MapAgreement {
  if (maps.length < 2) {
    throw new EvaluationError(`maps has ${maps.length}: expected two or more, to be compared`);
  }
  const tops = maps.map((points) => mostRelevantPoints(tracks, points, top));
  let [correlation, correlated, overlap, pairs] = [0, 0, 0, 0];
  let counted = 0;
  for (let row = 0; row < tracks.count; row++) {
    if (tops.some((each) => each[row].length === 0)) continue;
    counted++;
    const own = maps.map((points) => relevanceOf(tracks, points, row));
    for (let a = 0; a < maps.length; a++) {
      for (let b = a + 1; b < maps.length; b++) {
        const found = rankCorrelation(own[a], own[b]);
        if (!Number.isNaN(found)) {
          correlation += found;
          correlated++;
        }
        const first = new Set(tops[a][row]);
        overlap += tops[b][row].filter((p) => first.has(p)).length / first.size;
        pairs++;
      }
    }
  }
  return { correlation: correlation / correlated, overlap: overlap / pairs, tracks: counted };
}
