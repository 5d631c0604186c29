import { firstLine } from './listen.ts';
import { nodeThreads } from './node-threads.ts';
import { heard, type Memory, type Order, type Report, spoken } from './protocol.ts';
import { showLife } from './sign-of-life.ts';

/** The leading thread as a worker sees it. */
interface Leader {
  post(report: Report, transfer?: ArrayBuffer[]): void;
  listen(listener: (message: unknown) => void): void;
  /** In a page: a lock that is held until the worker ends. */
  lock?: Promise<string | undefined>;
}

interface PageWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

function leader(script: string): Leader {
  const node = nodeThreads();
  const port = node?.parentPort;
  if (port) {
    return {
      post: (report, transfer) => port.postMessage(spoken(report), transfer),
      listen: (listener) => void port.on('message', listener),
    };
  }
  // A page's own thread has a document.
  if (node || 'document' in globalThis) {
    throw new Error(`${script}: expected to be loaded by a worker`);
  }
  const scope = globalThis as unknown as PageWorker;
  return {
    post: (report, transfer = []) => scope.postMessage(spoken(report), transfer),
    listen: (listener) => scope.addEventListener('message', ({ data }) => listener(data)),
    lock: showLife(),
  };
}

/**
 * In a worker's module: says who it is, then does the tasks of the pool that it belongs to, one after the other.
 *
 * @param script the name that `startPool` expects: that under which the package exports it.
 * @param prepare called once with what `startPool` was given as `setup` and the arrays of its `shared`; returns what does a
 *   task. An error in either is the end of the pool, with that error.
 * @param moved the memory of a result that moves to the leading thread instead of being copied, at the price that
 *   `Pool.run` names.
 * @example
 * servePool('square', () => (x: number) => x * x);
 */
export function servePool<Setup, Task, Result>(
  script: string,
  prepare: (
    setup: Setup,
    shared: Record<string, Float32Array>,
  ) => Work<Task, Result> | Promise<Work<Task, Result>>,
  moved: (result: Result) => ArrayBuffer[] = () => [],
): void {
  const { post, listen, lock } = leader(script);
  let work: Work<Task, Result> | undefined;
  const receive = async (order: Order): Promise<void> => {
    try {
      if (order.kind === 'setup') {
        work = await prepare(order.setup as Setup, order.memory as Memory);
        post({ kind: 'ready' });
      } else if (order.kind === 'task' && work) {
        const result = await work(order.task as Task);
        post({ kind: 'done', id: order.id, result }, moved(result));
      }
    } catch (error) {
      const name = String((error as Error | undefined)?.name ?? 'Error');
      post({ kind: 'failed', name, message: firstLine(error) });
    }
  };
  let before = Promise.resolve();
  listen((message) => {
    const order = heard<Order>(message);
    if (order) before = before.then(() => receive(order));
  });
  if (lock) void lock.then((name) => post({ kind: 'hello', script, lock: name }));
  else post({ kind: 'hello', script });
}

/** What does a task. */
type Work<Task, Result> = (task: Task) => Result | Promise<Result>;
