import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from './backend-error.ts';
import { hasKernel, installGradients, runKernel } from './gradients.ts';

export interface Convolve1dOptions {
  /** Points between two windows; 1 if left out. */
  stride?: number;
  /** Points between two taps; 1 if left out. With a stride, it must be 1. */
  dilation?: number;
  /**
   * `'same'` (the default) pads with zeros so that T points give ⌈T / stride⌉; `'causal'` pads on the left only; `'valid'`
   * pads nothing; a number is that many zeros on both sides.
   */
  padding?: 'same' | 'valid' | 'causal' | number;
  /** One number per output channel, added to the result. */
  bias?: tf.Tensor1D;
  /** What the result goes through; `'linear'` if left out. With a bias, a part of the same kernel on wasm. */
  activation?: 'linear' | 'relu';
}

type Padding = 'same' | 'valid' | tf.backend_util.ExplicitPadding;

/**
 * 1D convolution, dilated or causal if wanted, with gradients on every backend.
 *
 * @param x [batch, T, inChannels]
 * @param filter [taps, inChannels, outChannels]
 * @returns [batch, T′, outChannels]
 * @throws BackendError if both stride and dilation are above one.
 */
export function convolve1d(
  x: tf.Tensor3D,
  filter: tf.Tensor3D,
  {
    stride = 1,
    dilation = 1,
    padding = 'same',
    bias,
    activation = 'linear',
  }: Convolve1dOptions = {},
): tf.Tensor3D {
  if (stride !== 1 && dilation !== 1) {
    throw new BackendError(
      `convolve1d: stride = ${stride} with dilation = ${dilation}, expected one of them to be 1`,
    );
  }
  installGradients();
  return tf.tidy(() => {
    const [before, after, pad] = paddingOf(padding, (filter.shape[0] - 1) * dilation);
    const padded =
      before + after > 0
        ? tf.pad(x, [
            [0, 0],
            [before, after],
            [0, 0],
          ])
        : x;
    return convolve(padded, filter, stride, dilation, pad, { bias, activation });
  });
}

/** Zeros to add on either side beforehand, and what is left for the convolution to pad. */
function paddingOf(
  padding: NonNullable<Convolve1dOptions['padding']>,
  reach: number,
): [before: number, after: number, pad: Padding] {
  if (padding === 'causal') return [reach, 0, 'valid'];
  if (typeof padding !== 'number') return [0, 0, padding];
  // tfjs-node pads by name only.
  if (!hasKernel('BiasedConv2D')) return [padding, padding, 'valid'];
  const none: [number, number] = [0, 0];
  return [0, 0, [none, none, [padding, padding], none]];
}

function convolve(
  x: tf.Tensor3D,
  filter: tf.Tensor3D,
  stride: number,
  dilation: number,
  pad: Padding,
  { bias, activation }: Pick<Convolve1dOptions, 'bias' | 'activation'>,
): tf.Tensor3D {
  const relu = activation === 'relu';
  const [strides, dilations]: [number, number][] = [
    [1, stride],
    [1, dilation],
  ];
  if (bias && hasKernel('BiasedConv2D')) {
    const attributes = { strides, dilations, pad, dataFormat: 'NHWC' };
    const name = relu ? 'RectifiedConv2D' : 'BiasedConv2D';
    return runKernel<tf.Tensor3D>(name, { x, filter, bias }, attributes);
  }
  const [batch, length, channels] = x.shape;
  const line = tf.reshape(x, [batch, 1, length, channels]) as tf.Tensor4D;
  const taps = tf.reshape(filter, [1, ...filter.shape]) as tf.Tensor4D;
  const y = tf.conv2d(line, taps, strides, pad, 'NHWC', dilations);
  const shifted = bias ? tf.add(y, bias) : y;
  const result = relu ? tf.relu(shifted) : shifted;
  return tf.reshape(result, [batch, y.shape[2], y.shape[3]]) as tf.Tensor3D;
}
