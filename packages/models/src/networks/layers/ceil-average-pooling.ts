import {
  avgPool,
  customGrad,
  gather,
  mul,
  reshape,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
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

const windowOf = (x: Tensor4D): [number, number] => [
  Math.min(2, x.shape[1]),
  Math.min(2, x.shape[2]),
];

function halve(x: Tensor4D): Tensor4D {
  const lone = [x.shape[1], x.shape[2]].some((n) => n > 1 && n % 2 === 1);
  return lone ? halveOdd(x) : avgPool(x, windowOf(x), windowOf(x), 'valid');
}

/** tfjs' `same` average pooling has these values, but on several backends its gradient divides a lone point by two. */
const halveOdd = customGrad((...args) => {
  const x = args[0] as Tensor4D;
  return {
    value: avgPool(x, windowOf(x), windowOf(x), 'same'),
    gradFunc: (dy: Tensor) => spread(spread(dy, 1, x.shape[1]), 2, x.shape[2]),
  };
}) as (x: Tensor4D) => Tensor4D;

/** Gives each point of an axis its share of the mean that it went into. */
function spread(dy: Tensor, axis: 1 | 2, length: number): Tensor {
  if (length === 1) return dy;
  const halves = dy.shape[axis] as number;
  const shares = Array.from({ length: halves }, (_, i) => (2 * i + 1 < length ? 0.5 : 1));
  const shape = axis === 1 ? [1, halves, 1, 1] : [1, 1, halves, 1];
  const sources = Int32Array.from({ length }, (_, i) => i >> 1);
  return gather(mul(dy, tensor(shares, shape)), tensor(sources, [length], 'int32'), axis);
}
