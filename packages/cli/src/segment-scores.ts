import { experimentsMean, type SegmentComparison } from '@diffusion/eval';
import { table } from './print.ts';

const shown = (value: number): string => String(Number(value.toPrecision(4)));

const ROWS: readonly [string, (one: SegmentComparison) => number][] = [
  ['tracks', ({ tracks }) => tracks],
  ['tracks without an answer', ({ missing }) => missing],
  ['JSC of changes', ({ jaccard }) => jaccard],
  ['RMSE of changes, frames', ({ rmseChange }) => rmseChange],
  ['MAE of α', ({ maeAlpha }) => maeAlpha],
  ['MSLE of K', ({ msleDiffusion }) => msleDiffusion],
  ['F1 of states', ({ f1State }) => f1State],
  ['over all frames: MAE of α', ({ frames }) => frames.maeAlpha],
  ['over all frames: MSLE of K', ({ frames }) => frames.msleDiffusion],
  ['over all frames: share in the right state', ({ frames }) => frames.stateAccuracy],
];

/** The scores of one comparison as lines. */
export const scoreLines = (comparison: SegmentComparison): string[] =>
  table([['', ''], ...ROWS.map(([name, of]) => [name, shown(of(comparison))])]).slice(1);

/** The scores of several experiments, and their means weighted by tracks. */
export function experimentScores(
  all: readonly { readonly experiment: number; readonly comparison: SegmentComparison }[],
) {
  const mean = experimentsMean(all.map(({ comparison }) => comparison));
  return {
    json: {
      ...mean,
      experiments: all.map(({ experiment, comparison }) => ({ experiment, ...comparison })),
    },
    lines: table([
      ['experiment', 'tracks', 'JSC', 'RMSE', 'MAE α', 'MSLE K', 'F1'],
      ...[
        ...all.map(({ experiment, comparison }) => [String(experiment), comparison] as const),
        ['all', mean] as const,
      ].map(([name, one]) => [
        name,
        String(one.tracks),
        ...[one.jaccard, one.rmseChange, one.maeAlpha, one.msleDiffusion, one.f1State].map(shown),
      ]),
    ]),
  };
}
