import * as tf from '@tensorflow/tfjs-core';

type Shape4 = [number, number, number, number];

/** What tfjs tells the kernels of a convolution. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape: Shape4;
  filterShape: Shape4;
  activation?: string;
}

/** Sizes and padding of a convolution on wasm; throws for channels first. */
export function geometry(inputShape: number[], filterShape: number[], attributes: ConvAttributes) {
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
