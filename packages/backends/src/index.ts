// A backend, chosen, prepared and checked

export { BackendError } from './backend-error.ts';
export type { WasmPaths } from './start/wasm-paths.ts';
export {
  type BackendName,
  type BackendOptions,
  type BackendReport,
  useBackend,
} from './use-backend.ts';

// An optimizer

export { Adam, type AdamOptions, adam } from './adam.ts';

// Ops, with their gradients; `@diffusion/backends/layers` has the layers made of them

export { batchNormTraining } from './batch-norm.ts';
export { type Convolve1dOptions, convolve1d } from './convolve1d.ts';
export { type LstmWeights, lstm } from './lstm.ts';
export { rectifiedSum } from './rectified-sum.ts';
export { timeStatistics } from './time-statistics.ts';
