import type { Dim } from '@diffusion/tracks';
import type { Range } from './distribution.ts';
import type { MotionPrior, RangedName } from './read-prior.ts';

/** Options of `motion`. */
export interface MotionOptions {
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  dim: Dim;
  /** Points of a track, a number or a range within the prior's; all of the prior's unless told. */
  length?: Range;
  /** Labels of the classes to draw from, as if there were no others; all unless told. */
  classes?: readonly string[];
  /** Names of the laws to draw from, as if there were no others; all that have a share unless told. */
  laws?: readonly string[];
  /** What to keep of each distribution, whose law does not change inside: a value, or a range of which each end may be left out. */
  ranges?: { readonly [Name in RangedName]?: Range };
  /** A prior of one's own in the place of the package's. */
  prior?: MotionPrior;
}
