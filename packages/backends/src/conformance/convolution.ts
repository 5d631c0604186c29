import * as tf from '@tensorflow/tfjs-core';
import { type Convolve1dOptions, convolve1d } from '../convolve1d.ts';
import type { Case } from './case.ts';

interface Geometry {
  size: [number, number, number];
  channels: [number, number];
  taps: [number, number];
  stride: [number, number];
  dilation: [number, number];
  /** A number is that many zeros on both sides along the width. */
  padding: 'same' | 'valid' | 'causal' | number;
}

/** [outputs, zeros in front] along one axis, after TensorFlow's definition. */
function extent(
  n: number,
  taps: number,
  stride: number,
  dilation: number,
  padding: Geometry['padding'],
) {
  const reach = (taps - 1) * dilation + 1;
  if (typeof padding === 'number')
    return [Math.floor((n + 2 * padding - reach) / stride) + 1, padding];
  if (padding === 'valid') return [Math.ceil((n - reach + 1) / stride), 0];
  const out = Math.ceil(n / stride);
  if (padding === 'causal') return [out, reach - 1];
  return [out, Math.floor(Math.max(0, (out - 1) * stride + reach - n) / 2)];
}

function reference({ size, channels, taps, stride, dilation, padding }: Geometry) {
  const [batch, height, width] = size;
  const [inputs, outputs] = channels;
  const [oh, top] = extent(
    height,
    taps[0],
    stride[0],
    dilation[0],
    typeof padding === 'number' ? 'valid' : padding,
  );
  const [ow, left] = extent(width, taps[1], stride[1], dilation[1], padding);
  return (x: Float64Array, w: Float64Array, bias?: Float64Array) => {
    const y = new Float64Array(batch * oh * ow * outputs);
    for (let at = 0; at < y.length; at++) {
      const o = at % outputs;
      const ox = Math.floor(at / outputs) % ow;
      const oy = Math.floor(at / (outputs * ow)) % oh;
      const b = Math.floor(at / (outputs * ow * oh));
      y[at] = bias ? bias[o] : 0;
      for (let ky = 0; ky < taps[0]; ky++)
        for (let kx = 0; kx < taps[1]; kx++) {
          const iy = oy * stride[0] + ky * dilation[0] - top;
          const ix = ox * stride[1] + kx * dilation[1] - left;
          if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
          for (let i = 0; i < inputs; i++) {
            const from = ((b * height + iy) * width + ix) * inputs + i;
            y[at] += x[from] * w[((ky * taps[1] + kx) * inputs + i) * outputs + o];
          }
        }
    }
    return y;
  };
}

/** batch, T, taps, inputs, outputs, stride, dilation */
const lines: [number, number, number, number, number, number, number][] = [
  [1, 1, 1, 1, 1, 1, 1],
  [1, 1, 5, 3, 4, 1, 1],
  [2, 1, 3, 2, 3, 2, 1],
  [3, 7, 3, 1, 9, 1, 1],
  [2, 9, 5, 4, 8, 1, 1],
  [1, 12, 2, 3, 5, 2, 1],
  [2, 11, 5, 8, 6, 2, 1],
  [2, 10, 1, 5, 12, 2, 1],
  [1, 13, 3, 2, 4, 3, 1],
  [2, 8, 3, 4, 8, 1, 2],
  [1, 15, 3, 3, 7, 1, 5],
  [2, 6, 3, 2, 9, 1, 16],
];

const sequences = lines.flatMap(([batch, length, taps, inputs, outputs, stride, dilation]) =>
  (['same', 'valid', 'causal', 2] as const).flatMap((padding): Case[] => {
    const [steps] = extent(length, taps, stride, dilation, padding);
    if (steps <= 0) return [];
    const geometry: Geometry = {
      size: [batch, 1, length],
      channels: [inputs, outputs],
      taps: [1, taps],
      stride: [1, stride],
      dilation: [1, dilation],
      padding,
    };
    const options: Convolve1dOptions = { stride, dilation, padding };
    const what = `T=${length} batch ${batch} ${inputs}→${outputs} taps ${taps}`;
    const name = `convolve1d ${what} stride ${stride} dilation ${dilation} ${padding}`;
    const shapes = [
      [batch, length, inputs],
      [taps, inputs, outputs],
    ];
    const run =
      (activation: 'linear' | 'relu') => (x: tf.Tensor, w: tf.Tensor, bias?: tf.Tensor) => {
        const all = { ...options, bias: bias as tf.Tensor1D, activation };
        return convolve1d(x as tf.Tensor3D, w as tf.Tensor3D, all);
      };
    const linear = reference(geometry);
    return [
      { name, shapes, run: (x, w) => run('linear')(x, w), reference: linear },
      {
        name: `${name} with bias`,
        shapes: [...shapes, [outputs]],
        run: run('linear'),
        reference: linear,
      },
      {
        name: `${name} with bias and ReLU`,
        shapes: [...shapes, [outputs]],
        run: run('relu'),
        reference: (x, w, bias) => linear(x, w, bias).map((value) => Math.max(0, value)),
      },
    ];
  }),
);

const planes: Geometry[] = [
  {
    size: [1, 5, 6],
    channels: [1, 3],
    taps: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    padding: 'same',
  },
  {
    size: [2, 6, 5],
    channels: [4, 5],
    taps: [3, 2],
    stride: [1, 1],
    dilation: [1, 1],
    padding: 'valid',
  },
  {
    size: [2, 7, 6],
    channels: [2, 9],
    taps: [3, 3],
    stride: [2, 2],
    dilation: [1, 1],
    padding: 'same',
  },
  {
    size: [1, 8, 7],
    channels: [3, 2],
    taps: [2, 3],
    stride: [2, 3],
    dilation: [1, 1],
    padding: 'valid',
  },
  {
    size: [1, 7, 7],
    channels: [3, 4],
    taps: [3, 3],
    stride: [1, 1],
    dilation: [2, 3],
    padding: 'same',
  },
  {
    size: [2, 5, 5],
    channels: [2, 3],
    taps: [1, 1],
    stride: [2, 2],
    dilation: [1, 1],
    padding: 'same',
  },
];

const images = planes.map((geometry): Case => {
  const { size, channels, taps, stride, dilation, padding } = geometry;
  return {
    name: `conv2d [${size}] ${channels.join('→')} taps [${taps}] stride [${stride}] dilation [${dilation}] ${padding}`,
    shapes: [
      [...size, channels[0]],
      [...taps, ...channels],
    ],
    run: (x, w) =>
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, padding as 'same', 'NHWC', dilation),
    reference: reference(geometry),
  };
});

export const convolutionCases: Case[] = [...sequences, ...images];
