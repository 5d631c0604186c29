export { meanInOrder } from './mean-in-order.ts';
export { startWasmInWorker } from './start-wasm-in-worker.ts';
export type { WorkerOptions } from './worker-options.ts';
