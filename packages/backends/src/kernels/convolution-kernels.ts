import * as tf from '@tensorflow/tfjs-core';
import {
  convolutionFilterGradient,
  convolutionForward,
  convolutionInputGradient,
} from './convolution.ts';
import type { Host } from './host.ts';
import { replaceKernel, stockKernel } from './register.ts';

type Shape4 = [number, number, number, number];

interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape: Shape4;
  filterShape: Shape4;
  activation?: string;
}

function geometry(inputShape: number[], filterShape: number[], attributes: ConvAttributes) {
  const { strides, dilations = 1, pad, dataFormat, dimRoundingMode } = attributes;
  if (dataFormat === 'NCHW') {
    throw new Error('convolution on wasm: dataFormat = "NCHW", expected "NHWC"');
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
}

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
  register('BiasedConv2D', ({ x, filter, bias }, attributes) =>
    convolutionForward(host, x, filter, geometry(x.shape, filter.shape, attributes), { bias }),
  );
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
