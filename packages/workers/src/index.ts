// The thread that leads

export type { AnyWorker } from './any-worker.ts';
export { availableCores } from './available-cores.ts';
export { nodeWorker } from './made-from.ts';
export { type Pool, type PoolOptions, startPool } from './pool.ts';
export type { WorkerScript, WorkerStart } from './start-options.ts';
export { WorkerError } from './worker-error.ts';

// Inside of a worker

export { servePool } from './serve-pool.ts';

// Either

export { nextTurn } from './next-turn.ts';
