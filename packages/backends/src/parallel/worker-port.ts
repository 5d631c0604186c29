import { watchLife } from './sign-of-life.ts';

/** A worker of a page or of Node. */
export interface AnyWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

/** What the thread that leads says to a worker. */
export interface Order {
  kind: 'setup' | 'task';
  value: unknown;
}

/** What a worker answers. */
export type Answer = { kind: 'done'; value: unknown } | { kind: 'failed'; why: string };

/** What a page's worker says first: the lock that it holds until it ends. */
interface Alive {
  kind: 'alive';
  lock: string | undefined;
}

type Listen = (event: string, listener: (value: never) => void) => void;

export const tell = (
  to: { postMessage(message: unknown): void },
  message: Order | Answer | Alive,
) => to.postMessage(message);

/** Listens to a worker: to what it answers, and to its end. */
export function hear(
  worker: AnyWorker,
  onAnswer: (answer: Answer) => void,
  onEnd: (why: string) => void,
): void {
  const { on, addEventListener } = worker as { on?: Listen; addEventListener?: Listen };
  if (on) {
    on.call(worker, 'message', onAnswer);
    on.call(worker, 'error', (error: Error) => onEnd(error.message));
    on.call(worker, 'messageerror', () => onEnd('a message could not be read'));
    on.call(worker, 'exit', (code: number) => onEnd(`exit code ${code}`));
    return;
  }
  addEventListener?.call(worker, 'message', ({ data }: MessageEvent<Answer | Alive>) => {
    if (data.kind !== 'alive') onAnswer(data);
    else if (data.lock) watchLife(data.lock, () => onEnd('it was closed or crashed'));
  });
  addEventListener?.call(worker, 'messageerror', () => onEnd('a message could not be read'));
  addEventListener?.call(worker, 'error', (event: ErrorEvent) => {
    onEnd(event.message || 'its module could not be loaded');
  });
}
