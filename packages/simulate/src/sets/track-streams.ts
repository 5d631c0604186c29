/**
 * What a track's random numbers are for: each has a stream of its own, keyed by (seed, track, number). They are numbers, and
 * not the names of @diffusion/random, because tracks that were made with them must stay the same for ever; a number never
 * meets a name (`hashIntegers`). What is new takes a name.
 */
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
