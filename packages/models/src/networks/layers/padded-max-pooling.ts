import {
  getBackend,
  maxPool,
  pad,
  reshape,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
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
      if (x.rank === 4) return pooled(x as Tensor4D, [1, 1]);
      const [batch, time, channels] = x.shape;
      const y = pooled(reshape(x, [batch, time, 1, channels]) as Tensor4D, [1, 0]);
      return reshape(y, [batch, y.shape[1], channels]);
    });
  }
}

/** Windows of 3 every 2 points along the axes with a side of 1; an axis with 0 is left as it is. */
function pooled(x: Tensor4D, sides: [number, number]): Tensor4D {
  const sizes = sides.map((side) => 1 + 2 * side) as [number, number];
  const strides = sides.map((side) => 1 + side) as [number, number];
  const padding: [number, number][] = [
    [0, 0],
    ...sides.map((n): [number, number] => [n, n]),
    [0, 0],
  ];
  // tfjs-node pads by name only.
  if (getBackend() === 'tensorflow') {
    return maxPool(pad(x, padding, Number.NEGATIVE_INFINITY), sizes, strides, 'valid');
  }
  return maxPool(x, sizes, strides, padding as never);
}
