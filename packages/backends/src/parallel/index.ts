export { meanInOrder } from './mean-in-order.ts';
export { serveTeam } from './serve-team.ts';
export { startWasmInWorker } from './start-wasm-in-worker.ts';
export { startTeam, type Team, type TeamOptions } from './team.ts';
export type { WorkerOptions } from './worker-options.ts';
export type { AnyWorker } from './worker-port.ts';
