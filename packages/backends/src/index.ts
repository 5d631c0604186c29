export { Adam, type AdamOptions, adam } from './adam.ts';
export { BackendError } from './backend-error.ts';
export { batchNormTraining } from './batch-norm.ts';
export { type Convolve1dOptions, convolve1d } from './convolve1d.ts';
export { assignFlat, countNumbers, flatten, tensorsOf } from './flat-weights.ts';
export { type LstmWeights, lstm } from './lstm.ts';
export { type WasmPaths, wasmPathsInUse } from './start/wasm-paths.ts';
export { timeStatistics } from './time-statistics.ts';
export {
  type BackendName,
  type BackendOptions,
  type BackendReport,
  useBackend,
} from './use-backend.ts';
