import { getBackend, maxPool, pad, type Tensor4D } from '@tensorflow/tfjs-core';
import { HalvingPooling } from './halving-pooling.ts';

/**
 * Maximum over windows of 3 every 2 points, one point of −∞ on both sides (PyTorch's `MaxPool(3, 2, padding=1)`);
 * n points become ⌈n/2⌉. Takes [batch, time, channels] or [batch, height, width, channels].
 */
export class PaddedMaxPooling extends HalvingPooling {
  static className = 'PaddedMaxPooling';

  protected override pool(x: Tensor4D, isTrack: boolean): Tensor4D {
    return pooled(x, isTrack ? [1, 0] : [1, 1]);
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
