import type * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { BackendError } from '../backend-error.ts';
import { rectifiedSum as sumOf } from '../rectified-sum.ts';

/** The sum of two inputs of one shape, cut at zero, in one kernel on wasm: `add` and `reLU` of tfjs in one layer. */
export class RectifiedSum extends layers.Layer {
  static readonly className: string = 'RectifiedSum';

  override build(inputShape: Shape | Shape[]): void {
    const shapes = Array.isArray(inputShape[0]) ? (inputShape as Shape[]) : [inputShape as Shape];
    const [a, b] = shapes;
    const alike = (n: number | null, i: number) => n === b[i] || n === null || b[i] === null;
    if (shapes.length !== 2 || a.length !== b.length || !a.every(alike)) {
      const given = shapes.map((shape) => `[${shape.map((n) => n ?? 'any').join(', ')}]`);
      throw new BackendError(
        `rectifiedSum: inputs = ${given.join(' and ')}, expected two of one shape`,
      );
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [a, b] = inputShape as Shape[];
    return a.map((n, i) => n ?? b[i]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as tf.Tensor[];
    return sumOf(a, b);
  }
}

/**
 * A layer that adds two inputs and cuts the sum at zero.
 *
 * @throws BackendError where it is applied to anything but two inputs of one shape
 * @example
 * rectifiedSum().apply([inner, identity]);
 */
export const rectifiedSum = (config: ConstructorParameters<typeof layers.Layer>[0] = {}) =>
  new RectifiedSum(config);
