import { registerLayers as registerBackendLayers } from '@diffusion/backends/layers';
import { serialization } from '@tensorflow/tfjs-core';
import { CeilAveragePooling } from './ceil-average-pooling.ts';
import { DoubledPoints } from './doubled-points.ts';
import { FeatureNormalization } from './feature-normalization.ts';
import { KeyedDropout } from './keyed-dropout.ts';
import { PaddedConv1D, PaddedConv2D } from './padded-conv.ts';
import { PaddedMaxPooling } from './padded-max-pooling.ts';
import { ReachingConv1D } from './reaching-conv.ts';
import { TimeStatistics } from './time-statistics.ts';

/**
 * Makes tfjs know the layers of these networks, so that `tf.loadLayersModel` can load what was saved. Call it once
 * before loading; building a network needs no call. Calling it again changes nothing.
 *
 * @example
 * registerLayers();
 * const model = await loadLayersModel('https://example.org/model/model.json');
 */
export function registerLayers(): void {
  registerBackendLayers();
  for (const layer of [
    PaddedConv1D,
    PaddedConv2D,
    PaddedMaxPooling,
    CeilAveragePooling,
    KeyedDropout,
    TimeStatistics,
    FeatureNormalization,
    ReachingConv1D,
    DoubledPoints,
  ]) {
    serialization.registerClass(layer as never);
  }
}
