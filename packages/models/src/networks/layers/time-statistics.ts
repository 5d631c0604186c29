import {
  add,
  concat,
  customGrad,
  div,
  type GradSaveFunc,
  max,
  mean,
  mul,
  relu,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/** Added to the variance before the root, so that a constant channel has a gradient. */
const epsilon = 1e-5;

/**
 * Mean, maximum and standard deviation of every channel over time, side by side: [batch, time, channels] →
 * [batch, 3·channels]. The standard deviation is √(population variance + 10⁻⁵). The gradient of a maximum that several
 * points reach is shared equally between them, as PyTorch's `amax` does.
 */
export class TimeStatistics extends layers.Layer {
  static className = 'TimeStatistics';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, , channels] = inputShape as Shape;
    return [batch, 3 * (channels as number)];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => statistics(Array.isArray(inputs) ? inputs[0] : inputs));
  }
}

/**
 * One operation with a gradient of its own. Which points reach the maximum is found without a comparison, which is slow
 * on wasm: 1 − 10³⁰·(maximum − x), cut at zero.
 */
const statistics = customGrad((...args) => {
  const [x, save] = args as unknown as [Tensor, GradSaveFunc];
  const [batch, time, channels] = x.shape;
  const average = mean(x, 1, true);
  const deviation = sub(x, average);
  const largest = max(x, 1, true);
  const std = sqrt(add(mean(square(deviation), 1, true), epsilon));
  const value = reshape(concat([average, largest, std], 2), [batch, 3 * channels]);
  save([x, deviation, largest, std]);
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x, deviation, largest, std] = saved;
      const part = (i: number) =>
        reshape(slice(dy, [0, i * channels], [batch, channels]), [batch, 1, channels]);
      const top = relu(sub(1, mul(sub(largest, x), 1e30)));
      const perTop = div(part(1), sum(top, 1, true));
      const slope = div(part(2), mul(std, time));
      const along = add(mul(deviation, slope), mul(top, perTop));
      return add(along, div(part(0), time));
    },
  };
});
