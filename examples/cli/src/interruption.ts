/**
 * Aborts at the first Ctrl-C or SIGTERM, so that what is being written is removed and nothing is left half-done; a
 * second one ends the process at once.
 */
export const interruption = new AbortController();

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    interruption.abort(new Error('interrupted'));
    process.once(name, () => process.exit(130));
  });
}

/** What the promise gives, or the interruption if that comes first: for work that cannot be told to stop. */
export function untilInterrupted<Result>(promise: Promise<Result>): Promise<Result> {
  const { signal } = interruption;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
