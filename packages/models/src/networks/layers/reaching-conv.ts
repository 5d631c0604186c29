import { DilatedConv1D, type DilatedConv1DConfig } from '@diffusion/backends/layers';
import { slice, type Tensor, type Tensor1D, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { convolveAlongTime } from './padded-conv.ts';

type Conv1D = ReturnType<typeof layers.conv1d>;
type Variable = ReturnType<layers.Layer['addWeight']>;
type Activation = { apply(x: Tensor): Tensor };

/** What the stock layer holds and hides. */
interface Parts {
  kernel: Variable;
  bias: Variable;
  activation: Activation;
  dilationRate: number[];
}

const Base = DilatedConv1D as unknown as new (config: DilatedConv1DConfig) => Conv1D;

/**
 * A convolution of three taps with padding `same` on both sides, whose outer taps are left out where they lie outside
 * the track: with a dilation of the track's length or more they see only zeros. The same function as `DilatedConv1D`,
 * the same weights; the outer taps have a gradient of zero there.
 */
export class ReachingConv1D extends Base {
  static className = 'ReachingConv1D';

  constructor(config: Omit<DilatedConv1DConfig, 'kernelSize' | 'padding'>) {
    super({ ...config, kernelSize: 3, padding: 'same' });
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor3D;
    const parts = this as unknown as Parts;
    if (parts.dilationRate[0] < x.shape[1]) return super.call(x, kwargs);
    return tidy(() => {
      const kernel = parts.kernel.read();
      const [, channels, filters] = kernel.shape;
      const centre = slice(kernel, [1, 0, 0], [1, channels, filters]) as Tensor3D;
      return parts.activation.apply(convolveAlongTime(x, centre, parts.bias.read() as Tensor1D, 1));
    });
  }
}
