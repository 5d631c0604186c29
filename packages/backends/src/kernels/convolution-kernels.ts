import * as tf from '@tensorflow/tfjs-core';
import {
  convolutionFilterGradient,
  convolutionForward,
  convolutionInputGradient,
} from './convolution.ts';
import { type ConvAttributes, geometry } from './convolution-attributes.ts';
import type { Host } from './host.ts';
import { replaceKernel, stockKernel } from './register.ts';

/** The same numbers in another shape. */
const shaped = (tensor: tf.TensorInfo, shape: number[]): tf.TensorInfo => ({ ...tensor, shape });

/**
 * Registers the 2D convolution and both its gradients for wasm. Inputs and filters of 1D convolutions may be without the axis
 * of height 1: so no op has to add it and to take it away.
 */
export function registerConvolutions(host: Host): void {
  const register = (
    kernelName: string,
    compute: (inputs: Record<string, tf.TensorInfo>, attributes: ConvAttributes) => tf.TensorInfo,
  ) =>
    replaceKernel(kernelName, ({ inputs, attrs }) =>
      compute(inputs as Record<string, tf.TensorInfo>, attrs as unknown as ConvAttributes),
    );
  register('Conv2D', ({ x, filter }, attributes) =>
    convolutionForward(host, x, filter, geometry(x.shape, filter.shape, attributes)),
  );
  register('Conv2DBackpropInput', ({ dy, filter }, attributes) =>
    shaped(
      convolutionInputGradient(
        host,
        dy,
        filter,
        geometry(attributes.inputShape, filter.shape, attributes),
      ),
      attributes.inputShape,
    ),
  );
  register('Conv2DBackpropFilter', ({ x, dy }, attributes) =>
    shaped(
      convolutionFilterGradient(host, x, dy, geometry(x.shape, attributes.filterShape, attributes)),
      attributes.filterShape,
    ),
  );
  for (const kernelName of ['BiasedConv2D', 'RectifiedConv2D']) {
    const relu = kernelName === 'RectifiedConv2D';
    register(kernelName, ({ x, filter, bias }, attributes) => {
      const info = geometry(x.shape, filter.shape, attributes);
      const y = convolutionForward(host, x, filter, info, { bias, relu });
      const [batch, , width, channels] = info.outShape;
      return x.shape.length === 3 ? shaped(y, [batch, width, channels]) : y;
    });
  }
  const stock = stockKernel('FusedConv2D');
  replaceKernel('FusedConv2D', (call) => {
    const { x, filter, bias } = call.inputs as Record<string, tf.TensorInfo>;
    const attributes = call.attrs as unknown as ConvAttributes;
    const { activation, dataFormat } = attributes;
    const known = [undefined, null, 'linear', 'relu'].includes(activation);
    const perChannel = !bias || tf.util.sizeFromShape(bias.shape) === filter.shape[3];
    if (!known || !perChannel || dataFormat === 'NCHW') return stock.kernelFunc(call);
    const relu = activation === 'relu';
    const info = geometry(x.shape, filter.shape, attributes);
    return convolutionForward(host, x, filter, info, { bias, relu });
  });
}
