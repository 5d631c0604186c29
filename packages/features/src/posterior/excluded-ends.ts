import type { Range } from './cells.ts';
import { EXCLUDED } from './posterior-estimate.ts';

/** Whether the data exclude the ends of the range of Q. */
export interface ExcludedEnds {
  /** A particle at rest. */
  readonly rest: boolean;
  /** A track without noise. */
  readonly noiseless: boolean;
}

/**
 * {@link ExcludedEnds} from the posterior of ln Q.
 *
 * @param density of each of the equal cells of `range`.
 * @param prior range of ln Q before the track is seen.
 */
export function excludedEnds(density: Float64Array, range: Range, prior: Range): ExcludedEnds {
  if (prior[0] === prior[1]) return { rest: true, noiseless: true };
  const least = EXCLUDED * Math.max(...density);
  return {
    rest: range[0] > prior[0] || density[0] < least,
    noiseless: range[1] < prior[1] || density[density.length - 1] < least,
  };
}
