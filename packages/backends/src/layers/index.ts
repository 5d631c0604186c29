// Layers

export { DilatedConv1D, type DilatedConv1DConfig, dilatedConv1D } from './dilated-conv1d.ts';
export {
  FusedBatchNormalization,
  type FusedBatchNormalizationConfig,
  fusedBatchNormalization,
} from './fused-batch-normalization.ts';
export { FusedLSTM, type FusedLSTMConfig, fusedLSTM } from './fused-lstm.ts';
export { RectifiedSum, rectifiedSum } from './rectified-sum.ts';

// Models that have them: loaded, and made faster

export { foldBatchNormalization } from './fold-batch-normalization.ts';
export { registerLayers } from './register.ts';
