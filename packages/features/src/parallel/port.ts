import type { Reply, Request } from './message.ts';

/** A worker of Node (`worker_threads`) or of the Web. */
export interface AnyWorker {
  postMessage(value: unknown, transfer: ArrayBuffer[]): void;
  terminate(): unknown;
}

interface NodeWorker extends AnyWorker {
  on(event: string, listener: (value: never) => void): unknown;
}

interface WebWorker extends AnyWorker {
  addEventListener(event: string, listener: (event: never) => void): void;
}

/** One worker, whichever kind it is. */
export interface Port {
  post(request: Request, transfer: ArrayBuffer[]): void;
  close(): void;
}

/** Connects a worker. `failed` is called when it dies, with the reason. */
export function connect(
  worker: AnyWorker,
  replied: (reply: Reply) => void,
  failed: (reason: string) => void,
): Port {
  if ('on' in worker) {
    const thread = worker as NodeWorker;
    thread.on('message', (reply: Reply) => replied(reply));
    thread.on('messageerror', (error: Error) => failed(error.message));
    thread.on('error', (error: Error) => failed(error.message));
    thread.on('exit', (code: number) => failed(`it exited with code ${code}`));
  } else {
    const scope = worker as WebWorker;
    scope.addEventListener('message', (event: MessageEvent<Reply>) => replied(event.data));
    scope.addEventListener('messageerror', () => failed('its answer could not be read'));
    scope.addEventListener('error', (event: ErrorEvent) => {
      failed(event.message || 'its script could not be loaded');
    });
  }
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    close: () => void worker.terminate(),
  };
}

/** Node's threads, or undefined in a browser. */
export function nodeThreads(): typeof import('node:worker_threads') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads');
}

/** A new worker that computes features. */
export function startWorker(): AnyWorker {
  const threads = nodeThreads();
  if (threads) return new threads.Worker(new URL('./worker.js', import.meta.url));
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

/** Cores that this process may use. */
export function availableCores(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os');
  return os ? os.availableParallelism() : (globalThis.navigator?.hardwareConcurrency ?? 1);
}
