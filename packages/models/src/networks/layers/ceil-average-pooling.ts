import { installGradients } from '@diffusion/backends/kernels';
import { avgPool, reshape, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Mean over pairs of neighbours; a last point without a neighbour stays as it is (PyTorch's
 * `AvgPool(2, 2, ceil_mode=True)`): n points become ⌈n/2⌉. Takes [batch, time, channels] or
 * [batch, height, width, channels].
 */
export class CeilAveragePooling extends layers.Layer {
  static className = 'CeilAveragePooling';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...axes] = inputShape as Shape;
    const channels = axes.pop() as number;
    return [batch, ...axes.map((n) => (n === null ? null : Math.ceil(n / 2))), channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (x.rank === 4) return halve(x as Tensor4D);
      const [batch, time, channels] = x.shape;
      const y = halve(reshape(x, [batch, time, 1, channels]) as Tensor4D);
      return reshape(y, [batch, y.shape[1], channels]);
    });
  }
}

/** Right at the border, forward and backward, once the gradients of `@diffusion/backends` are installed. */
function halve(x: Tensor4D): Tensor4D {
  installGradients();
  const window: [number, number] = [Math.min(2, x.shape[1]), Math.min(2, x.shape[2])];
  return avgPool(x, window, window, 'same');
}
