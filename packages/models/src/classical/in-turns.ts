import { nextTurn } from '@diffusion/workers';

/** Work in pieces, between which something else may have its turn; it gives its result at the end. */
export type Pieces<Result> = Generator<void, Result, void>;

/** Does all pieces at once. */
export function atOnce<Result>(work: Pieces<Result>): Result {
  for (;;) {
    const piece = work.next();
    if (piece.done) return piece.value;
  }
}

/** Milliseconds after which the event loop has its turn. */
const turn = 30;

/**
 * Does the pieces with turns of the event loop in between, so that a page stays alive and a signal is heard. Rejects
 * with the reason of the signal before the next piece once it is aborted.
 */
export async function inTurns<Result>(work: Pieces<Result>, signal?: AbortSignal): Promise<Result> {
  for (let last = performance.now(); ; ) {
    signal?.throwIfAborted();
    const piece = work.next();
    if (piece.done) return piece.value;
    if (performance.now() - last < turn) continue;
    await nextTurn();
    last = performance.now();
  }
}
