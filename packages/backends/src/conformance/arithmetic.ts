import * as tf from '@tensorflow/tfjs-core';
import { rectifiedSum } from '../rectified-sum.ts';
import type { Case } from './case.ts';

const size = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** Index into an operand of `shape` for the flat index `i` of a result of `out`. */
function operandIndex(i: number, out: number[], shape: number[]): number {
  let index = 0;
  let stride = 1;
  for (let axis = 1; axis <= out.length; axis++) {
    const n = out[out.length - axis];
    const own = shape[shape.length - axis] ?? 1;
    if (own !== 1) index += (i % n) * stride;
    stride *= own;
    i = Math.floor(i / n);
  }
  return index;
}

const awayFromZero = (value: number) => (value < 0 ? value - 0.5 : value + 0.5);

const operations: Record<string, [(a: tf.Tensor, b: tf.Tensor) => tf.Tensor, Binary]> = {
  add: [tf.add, (a, b) => a + b],
  sub: [tf.sub, (a, b) => a - b],
  mul: [tf.mul, (a, b) => a * b],
  div: [tf.div, (a, b) => a / b],
  squaredDifference: [tf.squaredDifference, (a, b) => (a - b) ** 2],
};
type Binary = (a: number, b: number) => number;

const broadcasts: [number[], number[], number[]][] = [
  [[33], [33], [33]],
  [[3, 5, 7], [7], [3, 5, 7]],
  [
    [3, 5, 7],
    [5, 1],
    [3, 5, 7],
  ],
  [
    [3, 5, 8],
    [3, 1, 8],
    [3, 5, 8],
  ],
  [[1], [2, 9], [2, 9]],
  [
    [1, 5, 1],
    [3, 1, 7],
    [3, 5, 7],
  ],
  [
    [2, 1, 3, 1],
    [1, 4, 1, 5],
    [2, 4, 3, 5],
  ],
];

const binary = Object.entries(operations).flatMap(([name, [run, f]]) =>
  // tfjs' gradient of squaredDifference does not know broadcasting.
  broadcasts.slice(0, name === 'squaredDifference' ? 1 : undefined).map(
    ([a, b, out]): Case => ({
      name: `${name} [${a}] [${b}]`,
      shapes: [a, b],
      run,
      map: awayFromZero,
      reference: (p, q) =>
        Float64Array.from({ length: size(out) }, (_, i) =>
          f(p[operandIndex(i, out, a)], q[operandIndex(i, out, b)]),
        ),
    }),
  ),
);

const functions: Record<string, [(x: tf.Tensor) => tf.Tensor, (x: number) => number]> = {
  abs: [tf.abs, Math.abs],
  exp: [tf.exp, Math.exp],
  neg: [tf.neg, (x) => -x],
  relu: [tf.relu, (x) => Math.max(0, x)],
  rsqrt: [(x) => tf.rsqrt(tf.square(x)), (x) => 1 / Math.abs(x)],
  sigmoid: [(x) => tf.sigmoid(tf.mul(x, 6)), (x) => 1 / (1 + Math.exp(-6 * x))],
  sqrt: [(x) => tf.sqrt(tf.square(x)), Math.abs],
  square: [tf.square, (x) => x * x],
  tanh: [(x) => tf.tanh(tf.mul(x, 6)), (x) => Math.tanh(6 * x)],
};

const unary = Object.entries(functions).flatMap(([name, [run, f]]) =>
  [1, 4, 7, 34].map(
    (n): Case => ({
      name: `${name} [${n}]`,
      shapes: [[n]],
      run,
      map: (value) => (Math.abs(value) < 0.05 ? 0.3 : value),
      reference: (x) => x.map(f),
    }),
  ),
);

const reductions: [number[], number[]][] = [
  [[5, 6], [0]],
  [[5, 7], [1]],
  [
    [2, 5, 9],
    [0, 1],
  ],
  [[2, 5, 9], [1]],
  [
    [2, 5, 9],
    [0, 2],
  ],
  [
    [3, 4, 3],
    [0, 1, 2],
  ],
];

/** Index of the result of a reduction that element `i` goes to. */
function reducedIndex(i: number, shape: number[], axes: number[]): number {
  let index = 0;
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (!axes.includes(axis)) {
      index += (i % shape[axis]) * stride;
      stride *= shape[axis];
    }
    i = Math.floor(i / shape[axis]);
  }
  return index;
}

const reduced = reductions.flatMap(([shape, axes]) => {
  const kept = size(shape.filter((_, axis) => !axes.includes(axis)));
  const gather = (x: Float64Array, f: (a: number, b: number) => number, start: number) => {
    const y = new Float64Array(kept).fill(start);
    x.forEach((value, i) => {
      const at = reducedIndex(i, shape, axes);
      y[at] = f(y[at], value);
    });
    return y;
  };
  const share = kept / size(shape);
  const what = `[${shape}] over [${axes}]`;
  const shapes = [shape];
  const cases: Case[] = [
    {
      name: `sum ${what}`,
      shapes,
      run: (x) => tf.sum(x, axes),
      reference: (x) => gather(x, (a, b) => a + b, 0),
    },
    {
      name: `mean ${what}, kept`,
      shapes,
      run: (x) => tf.mean(x, axes, true),
      reference: (x) => gather(x, (a, b) => a + b * share, 0),
    },
    {
      name: `max ${what}`,
      shapes,
      run: (x) => tf.max(x, axes),
      reference: (x) => gather(x, Math.max, Number.NEGATIVE_INFINITY),
    },
  ];
  return cases;
});

const products = [
  [1, 1, 1, 1],
  [1, 5, 7, 9],
  [2, 4, 8, 8],
  [1, 9, 3, 17],
  [3, 2, 5, 1],
].flatMap(([batch, m, k, n]) =>
  [0, 1, 2, 3].map((flags): Case => {
    const [ta, tb] = [(flags & 1) > 0, (flags & 2) > 0];
    return {
      name: `matMul ${batch} × [${m}, ${k}] [${k}, ${n}]${ta ? ' Aᵀ' : ''}${tb ? ' Bᵀ' : ''}`,
      shapes: [ta ? [batch, k, m] : [batch, m, k], tb ? [batch, n, k] : [batch, k, n]],
      run: (a, b) => tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D, ta, tb),
      reference: (a, b) => {
        const c = new Float64Array(batch * m * n);
        for (let s = 0; s < batch; s++)
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++)
              for (let l = 0; l < k; l++) {
                const p = s * m * k + (ta ? l * m + i : i * k + l);
                const q = s * k * n + (tb ? j * k + l : l * n + j);
                c[(s * m + i) * n + j] += a[p] * b[q];
              }
        return c;
      },
    };
  }),
);

const rectified = [[1], [4], [7], [2, 3, 17]].map(
  (shape): Case => ({
    name: `rectifiedSum [${shape}]`,
    shapes: [shape, shape],
    run: rectifiedSum,
    // No sum near zero, where it has no gradient.
    map: (value) => Math.round(value * 10) / 10 + 0.03,
    reference: (a, b) => a.map((value, i) => Math.max(0, value + b[i])),
  }),
);

export const arithmeticCases: Case[] = [...binary, ...rectified, ...unary, ...reduced, ...products];
