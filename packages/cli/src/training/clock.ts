import type { BatchResult } from '@diffusion/train';

/** How long a training has taken until now, with what it took before it was gone on with. */
export interface ClockTime {
  /** All of it. */
  readonly seconds: number;
  /** From the first batch of each network to its latest. */
  readonly stepping: number;
  /** Of that, how long steps waited for their tracks. */
  readonly waited: number;
}

export interface Clock {
  add(time: BatchResult['time']): void;
  /** Ends what was added up, before another network begins. */
  next(): void;
  /** What a checkpoint keeps. */
  now(): ClockTime;
  time(): { readonly seconds: number; readonly waiting: number };
}

/**
 * How long the trainings of this program took, and how much of it they waited for tracks.
 *
 * @param earlier what the training had taken when it was gone on with.
 */
export function clockOf(earlier: ClockTime = { seconds: 0, stepping: 0, waited: 0 }): Clock {
  const begun = performance.now();
  const before = { stepping: earlier.stepping, waited: earlier.waited };
  let last = { seconds: 0, waited: 0 };
  const now = (): ClockTime => ({
    seconds: earlier.seconds + (performance.now() - begun) / 1000,
    stepping: before.stepping + last.seconds,
    waited: before.waited + last.waited,
  });
  return {
    add(time) {
      last = { ...time };
    },
    next() {
      before.stepping += last.seconds;
      before.waited += last.waited;
      last = { seconds: 0, waited: 0 };
    },
    now,
    time() {
      const { seconds, stepping, waited } = now();
      return { seconds, waiting: stepping > 0 ? waited / stepping : 0 };
    },
  };
}
