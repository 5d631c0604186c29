import type * as tf from '@tensorflow/tfjs-core';
import { composedFilterGradient, composedInputGradient } from '../convolution-gradients.ts';
import { type ConvAttributes, geometry } from './convolution-attributes.ts';
import { replaceKernel } from './register.ts';

/**
 * Registers the gradients of convolutions on wasm as convolutions of tfjs' own: several times slower than this package's
 * kernels, for engines that cannot run those.
 */
export function registerComposedGradients(): void {
  const register = (
    kernelName: string,
    gradient: (inputs: Record<string, tf.Tensor4D>, attributes: ConvAttributes) => tf.Tensor4D,
  ) =>
    replaceKernel(kernelName, ({ inputs, attrs }) =>
      gradient(inputs as Record<string, tf.Tensor4D>, attrs as unknown as ConvAttributes),
    );
  register('Conv2DBackpropFilter', ({ x, dy }, attributes) =>
    composedFilterGradient(x, dy, geometry(x.shape, attributes.filterShape, attributes)),
  );
  register('Conv2DBackpropInput', ({ dy, filter }, attributes) =>
    composedInputGradient(dy, filter, geometry(attributes.inputShape, filter.shape, attributes)),
  );
}
