import type { Track } from '@diffusion/tracks';
import { contextOf } from '../context.ts';
import { bestChanges, type Piece } from './best-changes.ts';
import type { LawPoint } from './climb.ts';
import { fitSegment, lawOf, type SegmentFit, type Stretch } from './fit-segment.ts';
import { judgeSegment, STATE_RULE } from './judge-segment.ts';
import { lawGrid, rangeOfLaws } from './law-grid.ts';
import type { Segment, SegmentTrack } from './segment.ts';
import { checkSegmentOptions, type SegmentOptions } from './segment-options.ts';
import { stillTrack } from './still-track.ts';
import { trackSteps } from './track-steps.ts';

/** Options of {@link segmentByChanges}. */
export interface ChangesOptions extends SegmentOptions {
  /** What a change must add to ln of the likelihood; 8 unless told, which invents one in less than 5 % of tracks of 200 points. */
  readonly penalty?: number;
}

/** See {@link ChangesOptions.penalty}. */
const PENALTY = 8;
/** Share of it, and steps that a prediction looks back, by which candidates are found. */
const EAGER = 0.7;
const EAGER_ORDER = 6;
/** Steps that a prediction looks back: what those before them add is below a hundredth of the variance for any α. */
const ORDER = 12;
/** The laws of the pieces are fitted and the changes placed among them so often at most. */
const ROUNDS = 3;

/**
 * Segments by penalised changes of α and K: the segmentation that makes a track most likely, less a penalty for each change.
 * Every segment is fractional Brownian motion of its own with localisation error and blur, whose likelihood is exact but for
 * what a step still tells of another more than 12 steps later, and but for the one error that both sides of a change share.
 * Changes are first looked for among a grid of laws, then among the most likely laws of the segments found and of the unions
 * of neighbours. Behind a gap the memory of the motion begins anew. α and K of a segment are posterior means (K's of ln K)
 * with α and ln K uniform before it is seen.
 *
 * Throws {@link FeaturesError} for options that are none.
 *
 * Source: R. Killick, P. Fearnhead and I. Eckley, J. Am. Stat. Assoc. 107 (2012) 1590, for changes by penalised likelihood;
 * the law of a segment as in docs/estimates.md.
 *
 * @example
 * const segment = segmentByChanges({ sigma: 0.02 });
 * for (const { from, to, alpha, diffusion } of segment(track)) console.log(from, to, alpha, diffusion);
 */
export function segmentByChanges(options: ChangesOptions): SegmentTrack {
  checkSegmentOptions('segmentByChanges', options, { penalty: true });
  const { sigma, exposure = 0, penalty = PENALTY, rule = STATE_RULE } = options;
  const microscope = { sigma, exposure };
  return (track: Track): readonly Segment[] => {
    const steps = trackSteps(contextOf(track));
    const range = rangeOfLaws(steps, microscope);
    if (!range || steps.count < 2) return stillTrack(track, range, microscope);
    const base = { steps, microscope, range, order: ORDER };
    const fits = new Map<string, SegmentFit>();
    const fitOf = (from: number, to: number, start: LawPoint) => {
      const key = `${from}:${to}`;
      const fit = fits.get(key) ?? fitSegment({ ...base, from, to }, start);
      fits.set(key, fit);
      return fit;
    };
    const grid = lawGrid(steps, range, microscope);
    const lawsOf = (list: readonly LawPoint[], order: number) =>
      list.map((point) => lawOf(point, microscope, order));
    let candidates: readonly LawPoint[] = grid;
    let pieces = bestChanges(steps, lawsOf(grid, EAGER_ORDER), EAGER * penalty);
    for (let round = 0; round < ROUNDS; round++) {
      const start = (piece: Piece) => candidates[piece.law];
      const alone = pieces.map((piece) => fitOf(piece.from, piece.to, start(piece)));
      const unions = pieces
        .slice(1)
        .map((piece, i) => fitOf(pieces[i].from, piece.to, alone[longer(pieces, i)]));
      const whole = fitOf(0, steps.count, unions[0] ?? alone[0]);
      candidates = [whole, ...alone, ...unions];
      const next = bestChanges(steps, lawsOf(candidates, ORDER), penalty);
      const same =
        next.length === pieces.length && next.every(({ from }, i) => from === pieces[i].from);
      pieces = next;
      if (same) break;
    }
    return pieces.map((piece) => {
      const stretch: Stretch = { ...base, from: piece.from, to: piece.to };
      const fit = fitOf(piece.from, piece.to, candidates[piece.law]);
      return {
        from: piece.from,
        to: piece.to === steps.count ? track.length : piece.to,
        ...judgeSegment(stretch, fit, rule),
      };
    });
  };
}

/** The longer one of piece i and the next. */
function longer(pieces: readonly Piece[], i: number): number {
  const [a, b] = [pieces[i], pieces[i + 1]];
  return a.to - a.from >= b.to - b.from ? i : i + 1;
}
