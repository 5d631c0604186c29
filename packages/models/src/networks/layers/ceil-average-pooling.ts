import {
  avgPool,
  concat,
  reshape,
  slice,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Mean over pairs of neighbours; a last point without a neighbour stays as it is (PyTorch's
 * `AvgPool(2, 2, ceil_mode=True)`): n points become ⌈n/2⌉. Takes [batch, time, channels] or
 * [batch, height, width, channels]. tfjs' `same` average pooling has the same values but its gradient divides the
 * lone point by two.
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

function halve(x: Tensor4D): Tensor4D {
  const even = doubleLast(doubleLast(x, 1), 2);
  const window: [number, number] = [Math.min(2, even.shape[1]), Math.min(2, even.shape[2])];
  return avgPool(even, window, window, 'valid');
}

/** The same with the last point of an axis of odd length > 1 repeated. */
function doubleLast(x: Tensor4D, axis: 1 | 2): Tensor4D {
  const n = x.shape[axis];
  if (n % 2 === 0 || n === 1) return x;
  const begin = [0, 0, 0, 0];
  begin[axis] = n - 1;
  return concat([x, slice(x, begin)], axis) as Tensor4D;
}
