import type { AnyWorker } from './worker-port.ts';

/** Threads that share the work, each with a wasm backend of its own. */
export interface WorkerOptions {
  /** How many; no more are started than have something to do. */
  readonly count: number;
  /**
   * Makes one worker, where a bundler does not find the script by itself: a worker whose module imports `@diffusion/train/worker`
   * for a training, `@diffusion/models/worker` for a prediction.
   */
  readonly spawn?: () => AnyWorker;
  /** Where a page has tfjs' `.wasm` files, as for `useBackend`. */
  readonly wasmPaths?: string | Record<string, string>;
}
