import * as tf from '@tensorflow/tfjs-core';
import type { Case } from './case.ts';

/** Ops that move numbers about: what they do is told by what they do to the numbers' places. */
const moves: Record<string, [number[][], (...t: tf.Tensor[]) => tf.Tensor, number[]]> = {
  'transpose [2, 3, 5] by [2, 0, 1]': [
    [[2, 3, 5]],
    (x) => tf.transpose(x, [2, 0, 1]),
    Array.from({ length: 30 }, (_, i) => {
      const [a, b, c] = [Math.floor(i / 6), Math.floor(i / 3) % 2, i % 3];
      return (b * 3 + c) * 5 + a;
    }),
  ],
  'pad [3, 2]': [
    [[3, 2]],
    (x) =>
      tf.pad(x, [
        [1, 0],
        [0, 2],
      ]),
    [-1, -1, -1, -1, 0, 1, -1, -1, 2, 3, -1, -1, 4, 5, -1, -1],
  ],
  'slice [4, 5]': [[[4, 5]], (x) => tf.slice(x, [1, 2], [2, 3]), [7, 8, 9, 12, 13, 14]],
  'concat [2, 3] and [2, 1]': [
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => tf.concat([a, b], 1),
    [0, 1, 2, 6, 3, 4, 5, 7],
  ],
  'reverse [3, 2]': [[[3, 2]], (x) => tf.reverse(x, 0), [4, 5, 2, 3, 0, 1]],
  'stack of [3] and [3]': [[[3], [3]], (a, b) => tf.stack([a, b]), [0, 1, 2, 3, 4, 5]],
  'reshape [2, 3]': [[[2, 3]], (x) => tf.reshape(x, [3, 2]), [0, 1, 2, 3, 4, 5]],
};

export const shapingCases: Case[] = Object.entries(moves).map(([name, [shapes, run, places]]) => ({
  name,
  shapes,
  run,
  reference: (...inputs) => {
    const all = inputs.flatMap((input) => [...input]);
    return places.map((place) => (place < 0 ? 0 : all[place]));
  },
}));
