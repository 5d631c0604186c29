import { reshape, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/**
 * Pooling that leaves ⌈n/2⌉ of n points along every axis of [batch, time, channels] or [batch, height, width, channels]:
 * a track is a picture of width 1.
 */
export abstract class HalvingPooling extends layers.Layer {
  /** Pools a picture along its height, and along its width unless it is a track. */
  protected abstract pool(x: Tensor4D, isTrack: boolean): Tensor4D;

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...axes] = inputShape as Shape;
    const channels = axes.pop() as number;
    return [batch, ...axes.map((n) => (n === null ? null : Math.ceil(n / 2))), channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (x.rank === 4) return this.pool(x as Tensor4D, false);
      const [batch, time, channels] = x.shape;
      const y = this.pool(reshape(x, [batch, time, 1, channels]) as Tensor4D, true);
      return reshape(y, [batch, y.shape[1], channels]);
    });
  }
}
