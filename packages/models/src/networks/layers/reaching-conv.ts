import { DilatedConv1D, type DilatedConv1DConfig } from '@diffusion/backends/layers';
import { slice, type Tensor, type Tensor1D, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import { convolveAlongTime } from './padded-conv.ts';

/**
 * A convolution of three taps with padding `same` on both sides, whose outer taps are left out where they lie outside
 * the track: with a dilation of the track's length or more they see only zeros. The same function as `DilatedConv1D`,
 * the same weights; the outer taps have a gradient of zero there.
 */
export class ReachingConv1D extends DilatedConv1D {
  static override readonly className: string = 'ReachingConv1D';

  constructor(config: Omit<DilatedConv1DConfig, 'kernelSize' | 'padding'>) {
    super({ ...config, kernelSize: 3, padding: 'same' });
  }

  override call(inputs: Tensor | Tensor[], kwargs: object): Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor3D;
    if (this.dilationRate[0] < x.shape[1]) return super.call(x, kwargs);
    return tidy(() => {
      const kernel = this.kernel.read();
      const [, channels, filters] = kernel.shape;
      const centre = slice(kernel, [1, 0, 0], [1, channels, filters]) as Tensor3D;
      const y = convolveAlongTime(x, centre, this.bias.read() as Tensor1D, 1);
      return this.activation.apply(y);
    });
  }
}
