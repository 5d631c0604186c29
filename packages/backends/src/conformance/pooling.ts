import * as tf from '@tensorflow/tfjs-core';
import { timeStatistics } from '../time-statistics.ts';
import type { Case } from './case.ts';

/** [batch, height, width, channels], window, stride */
const geometries: [[number, number, number, number], [number, number], [number, number]][] = [
  [
    [2, 1, 9, 3],
    [1, 3],
    [1, 2],
  ],
  [
    [1, 1, 8, 5],
    [1, 2],
    [1, 2],
  ],
  [
    [2, 1, 7, 4],
    [1, 2],
    [1, 2],
  ],
  [
    [1, 1, 1, 9],
    [1, 3],
    [1, 2],
  ],
  [
    [2, 5, 6, 2],
    [2, 2],
    [2, 2],
  ],
  [
    [1, 5, 5, 6],
    [3, 3],
    [2, 2],
  ],
];

const windows: Case[] = geometries.flatMap(([shape, window, stride]) =>
  (['same', 'valid'] as const).flatMap((padding): Case[] => {
    const [batch, height, width, channels] = shape;
    const extent = (n: number, size: number, step: number) => {
      if (padding === 'valid') return [Math.ceil((n - size + 1) / step), 0];
      const out = Math.ceil(n / step);
      return [out, Math.floor(Math.max(0, (out - 1) * step + size - n) / 2)];
    };
    const [oh, top] = extent(height, window[0], stride[0]);
    const [ow, left] = extent(width, window[1], stride[1]);
    if (oh <= 0 || ow <= 0) return [];
    const pooled = (join: (values: number[]) => number) => (x: Float64Array) =>
      Float64Array.from({ length: batch * oh * ow * channels }, (_, at) => {
        const c = at % channels;
        const x0 = (Math.floor(at / channels) % ow) * stride[1] - left;
        const y0 = (Math.floor(at / (channels * ow)) % oh) * stride[0] - top;
        const b = Math.floor(at / (channels * ow * oh));
        const values: number[] = [];
        for (let iy = Math.max(0, y0); iy < Math.min(height, y0 + window[0]); iy++)
          for (let ix = Math.max(0, x0); ix < Math.min(width, x0 + window[1]); ix++)
            values.push(x[((b * height + iy) * width + ix) * channels + c]);
        return join(values);
      });
    const what = `[${shape}] window [${window}] stride [${stride}] ${padding}`;
    return [
      {
        name: `maxPool ${what}`,
        shapes: [shape],
        run: (x) => tf.maxPool(x as tf.Tensor4D, window, stride, padding),
        reference: pooled((values) => Math.max(...values)),
      },
      {
        name: `avgPool ${what}`,
        shapes: [shape],
        run: (x) => tf.avgPool(x as tf.Tensor4D, window, stride, padding),
        reference: pooled((values) => values.reduce((a, b) => a + b) / values.length),
      },
    ];
  }),
);

const statistics = [
  [2, 9, 3],
  [1, 1, 5],
  [3, 6, 8],
].map((shape): Case => {
  const [batch, time, channels] = shape;
  return {
    name: `timeStatistics [${shape}]`,
    shapes: [shape],
    run: (x) => timeStatistics(x as tf.Tensor3D, 1e-2),
    reference: (x) => {
      const columns = Array.from({ length: batch * channels }, (_, at) => {
        const start = Math.floor(at / channels) * time * channels + (at % channels);
        const values = Array.from({ length: time }, (_, t) => x[start + t * channels]);
        const mean = values.reduce((a, b) => a + b) / time;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / time;
        return [mean, Math.max(...values), Math.sqrt(variance + 1e-2)];
      });
      return Array.from({ length: batch * 3 * channels }, (_, at) => {
        const [b, rest] = [Math.floor(at / (3 * channels)), at % (3 * channels)];
        return columns[b * channels + (rest % channels)][Math.floor(rest / channels)];
      });
    },
  };
});

export const poolingCases: Case[] = [...windows, ...statistics];
