/** How a state was found, along α or along ln K. */
export interface StateSpread {
  /** Deviation of the segments' values in the state. */
  readonly deviation: number;
  /** Posterior deviations of all segments in the state, its mean and deviation being taken for certain. */
  readonly segments: readonly number[];
}

/** What is known of the mean of a state before it is seen, and of how far apart its segments are: deviations. */
export interface StateDoubt {
  readonly mean: number;
  readonly apart: number;
}

/** What a track said is told from what its state said as long as it is so much of the precision. */
const TOLD = 1e-3;

/**
 * Posterior deviation of a segment whose state's mean and deviation are themselves known from so many segments only. With s the deviation that
 * its own steps leave, τ that of the state and V the variance of the state's mean,
 *
 *     s²τ²/(s² + τ²) + (s²/(s² + τ²))² V,   1/V = Σ 1/(τ² + s²) over the segments
 *
 * (Kackar & Harville, J. Am. Stat. Assoc. 79 (1984) 853), τ² made larger by what is not known of it, a share of one over the number of segments. Of one segment
 * alone that is s: its state says nothing of it that it has not said itself. It is
 * never less than before: where a stretch may be in several states, they are farther apart than each is wide.
 */
export function widened(
  posterior: number,
  { deviation, segments }: StateSpread,
  doubt: StateDoubt,
): number {
  const known = 1 / deviation ** 2;
  const ownOf = (one: number) => 1 / Math.max(1 / one ** 2 - known, TOLD * known);
  const apart = deviation ** 2 + doubt.apart ** 2 / segments.length;
  const information = segments.reduce((sum, one) => sum + 1 / (apart + ownOf(one)), 0);
  const ofMean = 1 / (information + 1 / doubt.mean ** 2);
  const own = ownOf(posterior);
  const left = own / (own + apart);
  return Math.max(posterior, Math.sqrt(left * apart + left * left * ofMean));
}
