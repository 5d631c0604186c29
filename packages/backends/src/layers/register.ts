import { serialization } from '@tensorflow/tfjs-core';
import { DilatedConv1D } from './dilated-conv1d.ts';
import { FusedBatchNormalization } from './fused-batch-normalization.ts';
import { FusedLSTM } from './fused-lstm.ts';
import { RectifiedSum } from './rectified-sum.ts';

/** Makes the layers of this package known to tfjs, so that models that have them can be loaded. Once is enough. */
export function registerLayers(): void {
  for (const layer of [DilatedConv1D, FusedBatchNormalization, FusedLSTM, RectifiedSum]) {
    serialization.registerClass(layer as never);
  }
}
