import type { AnyWorker } from './any-worker.ts';

type Listen = (event: string, listener: (value: never) => void) => void;

/** Listens to a worker of either kind: to what it says, and to its end. */
export function listen(
  worker: AnyWorker,
  onMessage: (message: unknown) => void,
  onEnd: (why: string) => void,
): void {
  const { on, addEventListener } = worker as { on?: Listen; addEventListener?: Listen };
  if (on) {
    on.call(worker, 'message', onMessage);
    on.call(worker, 'error', (error: unknown) => onEnd(firstLine(error)));
    on.call(worker, 'messageerror', () => onEnd('a message could not be read'));
    on.call(worker, 'exit', (code: number) => onEnd(`exit code ${code}`));
    return;
  }
  addEventListener?.call(worker, 'message', ({ data }: MessageEvent) => onMessage(data));
  addEventListener?.call(worker, 'messageerror', () => onEnd('a message could not be read'));
  addEventListener?.call(worker, 'error', (event: ErrorEvent) => {
    onEnd(event.message || 'its script could not be loaded');
  });
}

/** What was thrown, in one line. An error from another thread may be no instance of this thread's `Error`. */
export const firstLine = (error: unknown): string =>
  String((error as Error | undefined)?.message ?? error).split('\n', 1)[0];
