/** What this file uses of a browser's Web Locks. */
interface Locks {
  request(name: string, whenHeld: () => Promise<unknown>): Promise<unknown>;
}

const locks = () => (globalThis.navigator as { locks?: Locks } | undefined)?.locks;

/**
 * In a page's worker: holds a lock for as long as the worker lives. A browser says nothing when a worker ends without an
 * uncaught error, but it releases the worker's locks.
 *
 * @returns the name of the lock, for `watchLife`; `undefined` where there are no locks.
 */
export function showLife(): Promise<string | undefined> {
  return new Promise((held) => {
    const found = locks();
    if (!found) {
      held(undefined);
      return;
    }
    // Locks are there in secure contexts only, and so are these names.
    const name = crypto.randomUUID();
    const granted = () => {
      held(name);
      return new Promise<never>(() => {});
    };
    found.request(name, granted).catch(() => held(undefined));
  });
}

/** In the leading thread: calls `onEnd` once the worker that holds the lock is no more. */
export function watchLife(lock: string, onEnd: () => void): void {
  locks()
    ?.request(lock, async () => onEnd())
    .catch(() => {});
}
