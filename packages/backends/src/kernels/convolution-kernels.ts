import * as tf from '@tensorflow/tfjs-core';
import {
  convolutionFilterGradient,
  convolutionForward,
  convolutionInputGradient,
} from './convolution.ts';
import { type ConvAttributes, geometry } from './convolution-attributes.ts';
import type { Host } from './host.ts';
import { replaceKernel, stockKernel } from './register.ts';

/** Registers the 2D convolution (1D ones are of height 1) and both its gradients for wasm. */
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
    convolutionInputGradient(
      host,
      dy,
      filter,
      geometry(attributes.inputShape, filter.shape, attributes),
    ),
  );
  register('Conv2DBackpropFilter', ({ x, dy }, attributes) =>
    convolutionFilterGradient(host, x, dy, geometry(x.shape, attributes.filterShape, attributes)),
  );
  for (const kernelName of ['BiasedConv2D', 'RectifiedConv2D']) {
    const relu = kernelName === 'RectifiedConv2D';
    register(kernelName, ({ x, filter, bias }, attributes) =>
      convolutionForward(host, x, filter, geometry(x.shape, filter.shape, attributes), {
        bias,
        relu,
      }),
    );
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
