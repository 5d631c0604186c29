import { installGradients } from '@diffusion/backends/kernels';
import { avgPool, type Tensor4D } from '@tensorflow/tfjs-core';
import { HalvingPooling } from './halving-pooling.ts';

/**
 * Mean over pairs of neighbours; a last point without a neighbour stays as it is (PyTorch's
 * `AvgPool(2, 2, ceil_mode=True)`): n points become ⌈n/2⌉. Takes [batch, time, channels] or
 * [batch, height, width, channels].
 */
export class CeilAveragePooling extends HalvingPooling {
  static className = 'CeilAveragePooling';

  /** Right at the border, forward and backward, once the gradients of `@diffusion/backends` are installed. */
  protected override pool(x: Tensor4D): Tensor4D {
    installGradients();
    const window: [number, number] = [Math.min(2, x.shape[1]), Math.min(2, x.shape[2])];
    return avgPool(x, window, window, 'same');
  }
}
