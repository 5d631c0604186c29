import { interruption } from './interruption.ts';

/** A turn of the event loop between two pieces of work, so that Ctrl-C is heard; throws after one. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  interruption.signal.throwIfAborted();
}
