import { timeStatistics } from '@diffusion/backends';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Mean, maximum and standard deviation of every channel over time, side by side: [batch, time, channels] →
 * [batch, 3·channels], as `timeStatistics` of `@diffusion/backends`.
 */
export class TimeStatistics extends layers.Layer {
  static className = 'TimeStatistics';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, , channels] = inputShape as Shape;
    return [batch, 3 * (channels as number)];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return timeStatistics((Array.isArray(inputs) ? inputs[0] : inputs) as Tensor3D);
  }
}
