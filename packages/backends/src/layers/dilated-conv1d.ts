import * as tf from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { convolve1d } from '../convolve1d.ts';
import { onlyTensor, stockClass } from './stock.ts';

export type DilatedConv1DConfig = Parameters<typeof layers.conv1d>[0];

const Conv1D: new (config: DilatedConv1DConfig) => ReturnType<typeof layers.conv1d> =
  stockClass('Conv1D');

/**
 * `tf.layers.conv1d` that trains with a dilation on every backend, knows `padding: 'causal'`, and on wasm adds the bias and
 * rectifies in the same kernel. Its weights and options are those of the stock layer.
 */
export class DilatedConv1D extends Conv1D {
  static readonly className: string = 'DilatedConv1D';

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const relu = this.activation?.getClassName() === 'relu';
      const y = convolve1d(onlyTensor(inputs), this.kernel.read() as tf.Tensor3D, {
        stride: this.strides[0],
        dilation: this.dilationRate[0],
        padding: this.padding,
        bias: this.bias?.read() as tf.Tensor1D | undefined,
        activation: relu ? 'relu' : 'linear',
      });
      return this.activation && !relu ? this.activation.apply(y) : y;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    if (this.padding !== 'causal') return super.computeOutputShape(inputShape);
    const [batch, length] = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    return [batch, length === null ? null : Math.ceil(length / this.strides[0]), this.filters];
  }
}

/**
 * A 1D convolution layer: x [batch, T, channels] → [batch, T′, filters].
 *
 * @param config as for `tf.layers.conv1d`, and `padding: 'causal'`
 * @example
 * dilatedConv1D({ filters: 32, kernelSize: 3, dilationRate: 4, padding: 'same' }).apply(x);
 */
export const dilatedConv1D = (config: DilatedConv1DConfig) => new DilatedConv1D(config);
