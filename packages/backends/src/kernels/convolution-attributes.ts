import * as tf from '@tensorflow/tfjs-core';

type Shape4 = [number, number, number, number];

/** A shape of 1D data as one of pictures of height 1. */
const line = (shape: number[]): Shape4 =>
  (shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape) as Shape4;

/** A 1D filter's shape as one of height 1. */
const lineFilter = (shape: number[]): Shape4 =>
  (shape.length === 3 ? [1, ...shape] : shape) as Shape4;

/** What tfjs tells the kernels of a convolution. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Of three numbers without a height. */
  inputShape: number[];
  filterShape: number[];
  activation?: string;
}

/** Sizes and padding of a convolution on wasm, of pictures or along one axis; throws for channels first. */
export function geometry(inputShape: number[], filterShape: number[], attributes: ConvAttributes) {
  const { strides, dilations = 1, pad, dataFormat, dimRoundingMode } = attributes;
  if (dataFormat === 'NCHW') {
    throw new Error('convolution on wasm: dataFormat = "NCHW", expected "NHWC"');
  }
  return tf.backend_util.computeConv2DInfo(
    line(inputShape),
    lineFilter(filterShape),
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
}
