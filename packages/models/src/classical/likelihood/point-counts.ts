/**
 * Points of the quadratures for tracks of up to `steps` steps: the more steps, the narrower is what a track leaves of
 * a prior, in proportion to steps^(−½).
 */
export const pointCounts = {
  r: 12,
  q: (steps: number) => Math.ceil(16 + 3 * Math.sqrt(steps)),
  alpha: (steps: number) => Math.ceil(8 + 1.2 * Math.sqrt(steps)),
  /** Beside fractional motion the noise is small, and what is known of it stays wide. */
  qOfFbm: 12,
};

/** The next power of two: tracks of similar lengths share their quadratures, whichever tracks they come with. */
export const rounded = (steps: number): number => 2 ** Math.ceil(Math.log2(steps));
