/** What is used of Node's globals, said here so that no declaration of this package names a module of Node. */
interface Immediate {
  setImmediate?(callback: () => void): unknown;
}

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/**
 * Lets the event loop take a turn: signals and messages are heard and a page stays alive between two parts of a long
 * computation. A page makes a timer of 0 wait for 4 ms, one in the background for a second, and Node for 1 ms; this waits for
 * nothing but what is there to be done.
 *
 * @example
 * for (const part of parts) {
 *   compute(part);
 *   await nextTurn();
 * }
 */
export function nextTurn(): Promise<void> {
  const { setImmediate } = globalThis as Immediate;
  return new Promise((resolve) => {
    if (setImmediate) {
      setImmediate(resolve);
      return;
    }
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}
