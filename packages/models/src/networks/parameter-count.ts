import { util } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Numbers that training changes, as papers count parameters: batch normalisation's moving statistics, which
 * `model.countParams()` counts too, are not among them.
 *
 * @example
 * parameterCount(xresnet()); // 399,556
 */
export function parameterCount(model: LayersModel): number {
  return model.trainableWeights.reduce(
    (sum, weight) => sum + util.sizeFromShape(weight.shape as number[]),
    0,
  );
}
