import { reshape, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Twice as many points, each pair from the two halves of a point's channels: [batch, ⌈n/2⌉, 2·channels] and the tensor
 * [batch, n, channels] whose number of points is wanted → [batch, n, channels]. After a convolution of width 1 this is a
 * transposed convolution of width and stride 2 (Shi et al., arXiv:1609.05158), without a kernel of its own.
 */
export class DoubledPoints extends layers.Layer {
  static className = 'DoubledPoints';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[1];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const [x, like] = inputs as Tensor[];
      const [batch, points, channels] = x.shape;
      const doubled = reshape(x, [batch, 2 * points, channels / 2]);
      const [, wanted] = like.shape;
      return wanted === 2 * points
        ? doubled
        : slice(doubled, [0, 0, 0], [batch, wanted, channels / 2]);
    });
  }
}
