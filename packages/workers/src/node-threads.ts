/** What is used of `node:worker_threads`, said here so that no declaration of this package names a module of Node. */
interface Threads {
  readonly Worker: new (url: URL) => { postMessage(message: unknown): void; terminate(): unknown };
  readonly parentPort: NodePort | null;
}

/** The leading thread, as a worker of Node sees it. */
export interface NodePort {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

interface Builtins {
  getBuiltinModule?(name: string): unknown;
}

const builtin = (name: string): unknown =>
  (globalThis as { process?: Builtins }).process?.getBuiltinModule?.(name);

/** Node's threads, or undefined in a page. No import names them, so that a page can be bundled as it is. */
export const nodeThreads = (): Threads | undefined =>
  builtin('node:worker_threads') as Threads | undefined;

/** Node's view of the machine, or undefined in a page. */
export const nodeOs = (): { availableParallelism(): number } | undefined =>
  builtin('node:os') as { availableParallelism(): number } | undefined;
