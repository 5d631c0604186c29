import type { Host } from './host.ts';
import { type Matrix, product } from './product.ts';

/** Milliseconds in which it has to show which kernels are faster: far more than are needed, but for a busy machine. */
const PATIENCE = 1000;
/** Milliseconds for which the same ones must have been. */
const LASTING = 3;
/** Rows, inner dimension and columns of the product that is timed: some ten microseconds. */
const [ROWS, INNER, COLUMNS] = [96, 64, 64];

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
    const start = performance.now();
    const first = [timed(narrow), timed(wide)];
    let [ahead, since] = [false, start];
    for (;;) {
      const times = [timed(narrow), timed(wide)];
      const now = performance.now();
      const isAhead = times[0] > 1.2 * times[1];
      if (isAhead !== ahead) [ahead, since] = [isAhead, now];
      // The engine compiles for good what runs often, one function after the other, and each is then twice as fast at
      // the least: before that, to be behind says nothing.
      const compiled = times.every((time, i) => time < first[i] / 1.5);
      if (now - since > LASTING && (ahead || compiled)) return ahead;
      if (now - start > PATIENCE) return false;
    }
  });
}
