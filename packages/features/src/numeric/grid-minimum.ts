import { goldenSection } from './golden-section.ts';

/** How a function of one variable is searched by {@link gridMinimum}. */
export interface Grid {
  readonly from: number;
  readonly to: number;
  /** Cells of the grid. */
  readonly cells: number;
  /** Every how many grid points the first look is taken; `cells` is a multiple of it. */
  readonly stride: number;
  /** Grid points around every valley of the first look are looked at if it is at most this much above the lowest. */
  readonly margin: number;
}

/**
 * Where a function is smallest: the lowest point of a grid, then golden section between its neighbours. The grid is
 * looked at coarsely first, and finely in every valley that could hold the lowest point.
 */
export function gridMinimum(f: (x: number) => number, grid: Grid, tolerance = 1e-8): number {
  const { from, to, cells, stride, margin } = grid;
  const at = (g: number): number => from + ((to - from) * g) / cells;
  const coarse: number[] = [];
  for (let g = 0; g <= cells; g += stride) coarse.push(f(at(g)));
  let lowest = Math.min(...coarse);
  const limit = lowest + margin;
  let best = coarse.indexOf(lowest) * stride;
  for (let c = 0; c < coarse.length; c++) {
    if (coarse[c] > limit || coarse[c] > coarse[c - 1] || coarse[c] > coarse[c + 1]) continue;
    const last = Math.min(cells, (c + 1) * stride - 1);
    for (let g = Math.max(0, (c - 1) * stride + 1); g <= last; g++) {
      const value = f(at(g));
      if (value < lowest) {
        lowest = value;
        best = g;
      }
    }
  }
  return goldenSection(f, at(Math.max(0, best - 1)), at(Math.min(cells, best + 1)), tolerance);
}
