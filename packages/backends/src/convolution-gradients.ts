import * as tf from '@tensorflow/tfjs-core';

type ConvInfo = tf.backend_util.Conv2DInfo;

/** `x` along `axis` with `before` zeros in front (cut, if negative), then padded or cut to `length`. */
function fit(x: tf.Tensor4D, axis: 1 | 2, before: number, length: number): tf.Tensor4D {
  const after = length - before - x.shape[axis];
  const begin = [0, 0, 0, 0];
  const size = [...x.shape];
  const paddings = x.shape.map(() => [0, 0]) as [number, number][];
  begin[axis] = Math.max(0, -before);
  size[axis] = x.shape[axis] - Math.max(0, -before) - Math.max(0, -after);
  paddings[axis] = [Math.max(0, before), Math.max(0, after)];
  if (size[axis] <= 0)
    return tf.zeros(x.shape.map((n, i) => (i === axis ? length : n)) as typeof x.shape);
  const cut = size[axis] === x.shape[axis] ? x : tf.slice(x, begin, size);
  return paddings[axis][0] + paddings[axis][1] === 0 ? cut : tf.pad(cut, paddings);
}

/** `stride` − 1 zeros after each row and each column. */
function spread(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  const [batch, height, width, channels] = dy.shape;
  let rows: tf.Tensor = dy;
  if (strideHeight > 1) {
    rows = tf.pad(tf.reshape(dy, [batch * height, 1, width * channels]), [
      [0, 0],
      [0, strideHeight - 1],
      [0, 0],
    ]);
  }
  let columns: tf.Tensor = rows;
  if (strideWidth > 1) {
    columns = tf.pad(tf.reshape(rows, [batch * height * strideHeight * width, 1, channels]), [
      [0, 0],
      [0, strideWidth - 1],
      [0, 0],
    ]);
  }
  return tf.reshape(columns, [batch, height * strideHeight, width * strideWidth, channels]);
}

/**
 * Gradient of a 2D convolution by its filter, as a convolution: the transposed input with the transposed output
 * gradient, strides and dilations exchanged. Made of ops that every tfjs backend has.
 *
 * @param x input, [batch, height, width, inChannels]
 * @param dy gradient of the output, [batch, outHeight, outWidth, outChannels]
 * @param info geometry of the forward convolution (`tf.backend_util.computeConv2DInfo`)
 * @returns [filterHeight, filterWidth, inChannels, outChannels]
 */
export function composedFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, info: ConvInfo) {
  const reach = (out: number, stride: number, taps: number, dilation: number) =>
    stride * (out - 1) + 1 + dilation * (taps - 1);
  return tf.tidy(() => {
    const height = reach(info.outHeight, info.strideHeight, info.filterHeight, info.dilationHeight);
    const width = reach(info.outWidth, info.strideWidth, info.filterWidth, info.dilationWidth);
    const rows = fit(x, 1, info.padInfo.top, height);
    const padded = fit(rows, 2, info.padInfo.left, width);
    const gradient = tf.conv2d(
      tf.transpose(padded, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      [info.dilationHeight, info.dilationWidth],
      'valid',
      'NHWC',
      [info.strideHeight, info.strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]) as tf.Tensor4D;
  });
}

/**
 * Gradient of a 2D convolution by its input, as a convolution: the output gradient, spread by the strides, with the
 * flipped and transposed filter. Made of ops that every tfjs backend has.
 *
 * @param dy gradient of the output, [batch, outHeight, outWidth, outChannels]
 * @param filter [filterHeight, filterWidth, inChannels, outChannels]
 * @param info geometry of the forward convolution (`tf.backend_util.computeConv2DInfo`)
 * @returns [batch, height, width, inChannels]
 */
export function composedInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, info: ConvInfo) {
  return tf.tidy(() => {
    const reachHeight = info.dilationHeight * (info.filterHeight - 1);
    const reachWidth = info.dilationWidth * (info.filterWidth - 1);
    const whole = spread(dy, info.strideHeight, info.strideWidth);
    const rows = fit(whole, 1, reachHeight - info.padInfo.top, info.inHeight + reachHeight);
    const padded = fit(rows, 2, reachWidth - info.padInfo.left, info.inWidth + reachWidth);
    const flipped = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(padded, flipped, 1, 'valid', 'NHWC', [
      info.dilationHeight,
      info.dilationWidth,
    ]);
  });
}
