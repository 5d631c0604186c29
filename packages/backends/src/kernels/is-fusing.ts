import type { Host } from './host.ts';
import { type Matrix, product } from './product.ts';

/**
 * Milliseconds of this thread's processor time for which neither has become faster, at the end of the trial: several times
 * what compiling takes, which on a busy machine has the processor about as often as this thread.
 */
const PATIENCE = 150;
/** What a time is multiplied by at least when a kernel becomes faster. */
const FASTER = 0.75;
/** Milliseconds for which the same ones must have been ahead, and comparisons: on a busy machine one may take longer. */
const LASTING = 3;
const COMPARISONS = 10;
/**
 * What the first time is of the last at least once all of a product is compiled for good: some five on an idle machine. What
 * packs the panels is compiled before what multiplies, which alone brings 1.6.
 */
const COMPILED = 2.5;
/** How far ahead the wide ones are: from 1.15 on a busy machine to 1.6 where vectors are fused, 0.7 where they are not. */
const AHEAD = 1.05;
/** How far they must be as long as they may not be compiled for good, when both differ by chance alone. */
const FAR_AHEAD = 1.2;
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
 * Whether the engine makes one vector of 256 bits of two of 128 in the wide kernels: faster than the narrow ones, once both
 * are compiled by its optimising compiler. Where it does not they are slower by a third.
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
    const least = [...first];
    let [ahead, since, comparisons] = [false, performance.now(), 0];
    let quiet = processorTime();
    for (;;) {
      const times = [timed(narrow), timed(wide)];
      const now = performance.now();
      // The engine compiles for good what runs often, one function after the other: before that, to be behind says nothing.
      const compiled = times.map((time, i) => time < first[i] / COMPILED);
      const isAhead = times[0] > (compiled[1] ? AHEAD : FAR_AHEAD) * times[1];
      if (isAhead !== ahead) [ahead, since, comparisons] = [isAhead, now, 0];
      comparisons++;
      const settled = now - since > LASTING && comparisons >= COMPARISONS;
      if (settled && (ahead || compiled.every(Boolean))) return ahead;
      // Kernels that ran before the trial have been compiled already, and never get that much faster.
      for (const [i, time] of times.entries()) {
        least[i] = Math.min(least[i], time);
        if (time >= FASTER * best[i]) continue;
        best[i] = time;
        quiet = processorTime();
      }
      if (!ahead && processorTime() - quiet > PATIENCE) return least[0] > AHEAD * least[1];
    }
  });
}
