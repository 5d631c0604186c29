import type { Host } from './host.ts';
import { type Matrix, product } from './product.ts';

/**
 * Milliseconds of this thread's processor time for which neither has become faster, at the end of the trial: several times
 * what compiling takes, which on a busy machine has the processor about as often as this thread.
 */
const PATIENCE = 150;
/** What a time is multiplied by at least when a kernel becomes faster. */
const FASTER = 0.75;
/** Milliseconds for which the same ones must have been. */
const LASTING = 3;
/** Rows, inner dimension and columns of the product that is timed: some ten microseconds. */
const [ROWS, INNER, COLUMNS] = [96, 64, 64];

/** Milliseconds of processor time of this thread, where Node tells it; by the clock elsewhere. */
function processorTime(): number {
  const used = (globalThis.process as Partial<ThreadTimes> | undefined)?.threadCpuUsage?.();
  return used ? (used.user + used.system) / 1000 : performance.now();
}

/** What Node has from 23.9 on: microseconds. */
interface ThreadTimes {
  threadCpuUsage(): { user: number; system: number };
}

/** Milliseconds of the quickest of a few calls. */
function quickest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 8; i++) {
    const from = performance.now();
    run();
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

/**
 * Whether the engine makes one vector of 256 bits of two of 128 in the wide kernels: a fifth faster than the narrow ones at
 * the least, once both are compiled by its optimising compiler. Where it does not they are slower by a third.
 */
export function isFusing(narrow: Host, wide: Host): boolean {
  const size = ROWS * INNER + INNER * COLUMNS + ROWS * COLUMNS;
  return narrow.scratch(size * 4, (at) => {
    new Float32Array(narrow.backend.wasm.HEAPU8.buffer, at, size).fill(0.5);
    const b = at + ROWS * INNER * 4;
    const matrix: Matrix = {
      at: b,
      rows: INNER,
      columns: COLUMNS,
      rowStep: COLUMNS,
      columnStep: 1,
    };
    const timed = (host: Host) =>
      quickest(() => product(host, at, ROWS, matrix, b + INNER * COLUMNS * 4));
    const first = [timed(narrow), timed(wide)];
    const best = [...first];
    let [ahead, since, quiet] = [false, performance.now(), processorTime()];
    for (;;) {
      const times = [timed(narrow), timed(wide)];
      const now = performance.now();
      const isAhead = times[0] > 1.2 * times[1];
      if (isAhead !== ahead) [ahead, since] = [isAhead, now];
      // The engine compiles for good what runs often, one function after the other, and each is then twice as fast at
      // the least: before that, to be behind says nothing.
      const compiled = times.every((time, i) => time < first[i] / 1.5);
      if (now - since > LASTING && (ahead || compiled)) return ahead;
      // Kernels that ran before the trial have been compiled already, and never get that much faster.
      for (const [i, time] of times.entries()) {
        if (time >= FASTER * best[i]) continue;
        best[i] = time;
        quiet = processorTime();
      }
      if (!ahead && processorTime() - quiet > PATIENCE) return false;
    }
  });
}
