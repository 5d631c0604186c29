/** A quantity with a 95 % interval from its posterior. */
export interface PosteriorEstimate {
  /** Posterior mean; of D and σ, of their logarithms. */
  readonly value: number;
  /** 95 % interval; its end is that of the prior's range, 0 for D and σ, where the data do not exclude it. */
  readonly interval: readonly [low: number, high: number];
}

/** What there is where nothing can be said. */
export const UNKNOWN: PosteriorEstimate = { value: Number.NaN, interval: [Number.NaN, Number.NaN] };

/** An end of a range that is less than so many times as likely as what is most likely is excluded, at a level of 5 %. */
export const EXCLUDED = Math.exp(-1.92);

/** Share of the posterior below an interval, and above that of α. */
export const TAIL = 0.025;
/**
 * Share of the posterior above the interval of D and of σ: less than below, since ln Q is bounded. A posterior that reaches an
 * end of its range has most of its mass on one side of a track whose Q is there, so that 2.5 % would be missed too often.
 */
export const UPPER_TAIL = 0.015;
