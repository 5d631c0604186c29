import type { WorkerStart } from '@diffusion/workers';
import type { WasmPaths } from '../start/wasm-paths.ts';

/**
 * Threads that share the work, each with a wasm backend of its own. The script that `createWorker` has to load is
 * `@diffusion/train/worker` for a training and `@diffusion/models/worker` for a prediction.
 */
export interface WorkerOptions extends WorkerStart {
  /** How many; no more are started than have something to do. */
  readonly count: number;
  /** Where a page has tfjs' `.wasm` files; as `useBackend` was told unless told. */
  readonly wasmPaths?: WasmPaths;
  /** Whether they work on vectors of 256 bits where the engine can; as `useBackend` was told unless told. */
  readonly wide?: boolean;
}
