/**
 * Aborts at the first Ctrl-C, SIGTERM or SIGHUP (the terminal is gone), so that what is being written is removed and
 * nothing is left half-done; a second one ends the process at once.
 */
export const interruption = new AbortController();

/** Exit codes of the signals that can be heard: 128 and the number of the signal. */
const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

let heard: keyof typeof codes = 'SIGINT';

/** The exit code after an interruption. */
export const interruptedCode = (): number => codes[heard];

for (const name of Object.keys(codes) as (keyof typeof codes)[]) {
  process.once(name, () => {
    heard = name;
    interruption.abort(new Error('interrupted'));
    process.once(name, () => process.exit(codes[name]));
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
