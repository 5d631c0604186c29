import * as tf from '@tensorflow/tfjs-core';
import { composedFilterGradient, composedInputGradient } from './convolution-gradients.ts';

interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape: [number, number, number, number];
  filterShape: [number, number, number, number];
}

/** Registers `config`, in place of a kernel of that name and backend if there is one. */
function replaceKernel(config: tf.KernelConfig): void {
  if (tf.getKernel(config.kernelName, config.backendName)) {
    tf.unregisterKernel(config.kernelName, config.backendName);
  }
  tf.registerKernel(config);
}

/** Registers the convolution gradients on wasm: by the filter, which it lacks, and by the input, a plain loop there. */
export function installWasmConvolutionGradients(): void {
  const kernel = (
    kernelName: string,
    gradient: (inputs: Record<string, tf.Tensor4D>, attributes: ConvAttributes) => tf.Tensor4D,
  ) =>
    replaceKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) =>
        gradient(inputs as Record<string, tf.Tensor4D>, attrs as unknown as ConvAttributes),
    });
  kernel('Conv2DBackpropFilter', ({ x, dy }, { filterShape, ...rest }) =>
    composedFilterGradient(x, dy, geometry(x.shape, filterShape, rest)),
  );
  kernel('Conv2DBackpropInput', ({ dy, filter }, { inputShape, ...rest }) =>
    composedInputGradient(dy, filter, geometry(inputShape, filter.shape, rest)),
  );
}

function geometry(
  inputShape: [number, number, number, number],
  filterShape: [number, number, number, number],
  { strides, pad, dataFormat, dimRoundingMode }: Omit<ConvAttributes, 'inputShape' | 'filterShape'>,
) {
  if (dataFormat === 'NCHW') {
    throw new Error(`wasm convolution gradient: dataFormat = "NCHW", expected "NHWC"`);
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}
