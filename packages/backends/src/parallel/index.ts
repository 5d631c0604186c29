// A worker's backend

export { wasmPathsInUse } from '../start/wasm-paths.ts';
export { wideInUse } from '../start/wide.ts';
export { startWasmInWorker } from './start-wasm-in-worker.ts';
export type { WorkerOptions } from './worker-options.ts';

// Weights and gradients in shared arrays

export { assignFlat, countNumbers, flatten, tensorsOf } from '../flat-weights.ts';
export { meanInOrder } from './mean-in-order.ts';
