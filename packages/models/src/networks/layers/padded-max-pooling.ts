import { maxPool, reshape, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Maximum over windows of 3 every 2 points, one point of −∞ on both sides (PyTorch's `MaxPool(3, 2, padding=1)`);
 * n points become ⌈n/2⌉. Takes [batch, time, channels] or [batch, height, width, channels].
 */
export class PaddedMaxPooling extends layers.Layer {
  static className = 'PaddedMaxPooling';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...axes] = inputShape as Shape;
    const channels = axes.pop() as number;
    return [batch, ...axes.map((n) => (n === null ? null : Math.ceil(n / 2))), channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (x.rank === 4) return maxPool(x as Tensor4D, 3, 2, 1);
      const [batch, time, channels] = x.shape;
      const sides: [number, number] = [1, 1];
      const y = maxPool(reshape(x, [batch, time, 1, channels]) as Tensor4D, [3, 1], [2, 1], [
        [0, 0],
        sides,
        [0, 0],
        [0, 0],
      ] as never);
      return reshape(y, [batch, y.shape[1], channels]);
    });
  }
}
