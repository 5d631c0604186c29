/** A worker of a page or of Node. */
export interface AnyWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

/** What goes between the thread that leads and its workers. */
export type Message =
  | { kind: 'setup' | 'task' | 'done'; value: unknown }
  | { kind: 'failed'; why: string };

type Listen = (event: string, listener: (value: never) => void) => void;

export const tell = (to: { postMessage(message: unknown): void }, message: Message) =>
  to.postMessage(message);

/** Listens to a worker: to what it says, and to its end. */
export function hear(
  worker: AnyWorker,
  onMessage: (
    message: Exclude<Message, { kind: 'setup' | 'task' }> | { kind: 'done'; value: unknown },
  ) => void,
  onEnd: (why: string) => void,
): void {
  const { on, addEventListener } = worker as { on?: Listen; addEventListener?: Listen };
  if (on) {
    on.call(worker, 'message', onMessage);
    on.call(worker, 'error', (error: Error) => onEnd(error.message));
    on.call(worker, 'messageerror', () => onEnd('a message could not be read'));
    on.call(worker, 'exit', (code: number) => onEnd(`exit code ${code}`));
    return;
  }
  addEventListener?.call(worker, 'message', ({ data }: MessageEvent) => onMessage(data as never));
  addEventListener?.call(worker, 'messageerror', () => onEnd('a message could not be read'));
  addEventListener?.call(worker, 'error', (event: ErrorEvent) => {
    onEnd(event.message || 'its module could not be loaded');
  });
}
