import * as tf from '@tensorflow/tfjs-core';

/** An op with what it has to give, by its definition, in float64. */
export interface Case {
  name: string;
  /** Shapes of the inputs; all of them get a gradient. */
  shapes: number[][];
  /** The op on the current backend. */
  run: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** The same on flat arrays, from the definition alone. */
  reference: (...inputs: Float64Array[]) => ArrayLike<number>;
  /** Takes an input's values somewhere else, for instance away from zero. */
  map?: (value: number) => number;
}

export interface Result {
  name: string;
  /** Largest error of the op and of its gradients, relative to the largest magnitude of the reference. */
  worst: number;
  /** What went wrong in words: the op threw, or its error is too large. */
  problem?: string;
}

export const TOLERANCE = 1e-4;

/** Values between −1 and 1 without ties or pattern, the same everywhere. */
export function caseValues(size: number, salt: number, map = (value: number) => value) {
  let state = (salt + 1) * 2654435761;
  return Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(map(state / 2147483648 - 1));
  });
}

const weighted = (values: ArrayLike<number>, weights: Float64Array) =>
  weights.reduce((sum, weight, i) => sum + weight * values[i], 0);

/** ∂⟨f, weights⟩ by the elements of one input: central differences, whose error in float64 is far below the tolerance. */
function numericalGradient(
  f: Case['reference'],
  inputs: Float64Array[],
  which: number,
  weights: Float64Array,
): Float64Array {
  const step = 1e-5;
  const moved = inputs.map((input) => input.slice());
  return inputs[which].map((value, i) => {
    moved[which][i] = value + step;
    const up = weighted(f(...moved), weights);
    moved[which][i] = value - step;
    const down = weighted(f(...moved), weights);
    moved[which][i] = value;
    return (up - down) / (2 * step);
  });
}

function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = 1e-3;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]));
    const difference = Math.abs(actual[i] - expected[i]);
    if (!(difference <= error)) error = difference;
  }
  return error / scale;
}

/** Runs one case and its gradients on the current backend. */
export async function runCase({ name, shapes, run, reference, map }: Case): Promise<Result> {
  const inputs = shapes.map((shape, i) => caseValues(tf.util.sizeFromShape(shape), i, map));
  const tensors: tf.Tensor[] = [];
  try {
    const expected = reference(...inputs);
    const weights = caseValues(expected.length, 99);
    for (const [i, input] of inputs.entries()) {
      tensors.push(tf.tensor(Float32Array.from(input), shapes[i]));
    }
    const loss = (...given: tf.Tensor[]) => {
      const y = tf.reshape(run(...given), [-1]);
      return tf.sum(tf.mul(y, tf.tensor1d(Float32Array.from(weights)))) as tf.Scalar;
    };
    const out = tf.tidy(() => [run(...tensors), ...tf.grads(loss)(tensors)]);
    tensors.push(...out);
    const errors: number[] = [];
    for (const [i, tensor] of out.entries()) {
      const truth = i === 0 ? expected : numericalGradient(reference, inputs, i - 1, weights);
      errors.push(relativeError(await tensor.data(), truth));
    }
    const worst = errors.find(Number.isNaN) ?? Math.max(...errors);
    if (worst <= TOLERANCE) return { name, worst };
    const at = errors.findIndex((error) => !(error <= TOLERANCE));
    const part = at === 0 ? 'result' : `gradient by input ${at - 1}`;
    return { name, worst, problem: `${part} is off by ${errors[at]}` };
  } catch (error) {
    const [problem] = String(error).split('\n');
    return { name, worst: Number.POSITIVE_INFINITY, problem };
  } finally {
    tf.dispose(tensors);
  }
}
