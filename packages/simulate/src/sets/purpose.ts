/** What a track's random numbers are for: each purpose has a stream of its own, keyed by (seed, track, purpose). */
export const PURPOSE = {
  parameters: 0,
  motion: 1,
  noise: 2,
  amplitude: 3,
  missed: 4,
  blinking: 7,
  field: 5,
  /** Keyed by (seed, block or set, purpose). */
  order: 6,
} as const;
