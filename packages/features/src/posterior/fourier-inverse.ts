import { fftOf, powerOfTwo } from '../numeric/dft.ts';
import { scratch } from './scratch.ts';
import type { SolvedSteps, Steps, ToeplitzRun } from './toeplitz-run.ts';

/** Transforms of the axes, two in one. */
export type Spectra = readonly Float64Array[];

export function spectraOf(steps: Steps): Spectra {
  const n = steps[0].length;
  const size = powerOfTwo(2 * n);
  const spectra: Float64Array[] = [];
  for (let axis = 0; axis < steps.length; axis += 2) {
    const signal = new Float64Array(2 * size);
    for (let i = 0; i < n; i++) {
      signal[2 * i] = steps[axis][i];
      if (axis + 1 < steps.length) signal[2 * i + 1] = steps[axis + 1][i];
    }
    spectra.push(transformed(signal, size, new Float64Array(2 * size)));
  }
  return spectra;
}

function transformed(signal: Float64Array, size: number, out: Float64Array): Float64Array {
  fftOf(size).transform(out as unknown as number[], signal as unknown as number[]);
  return out;
}

/** The inverse of a Toeplitz matrix, M⁻¹ = (AAᵀ − BBᵀ)/v (Gohberg & Semencul 1972). */
export interface FourierInverse {
  /** xᵀM⁻¹x of two axes together. */
  readonly square: (spectrum: Float64Array) => number;
  /** M⁻¹x of two axes, beside each other; the same room at each call. */
  readonly solve: (spectrum: Float64Array) => { readonly square: number; readonly x: Float64Array };
}

/** {@link FourierInverse} from the last predictor of n steps, whose errors have the variance v. */
export function fourierInverse(filter: Float64Array, n: number, variance: number): FourierInverse {
  const size = powerOfTwo(2 * n);
  const signal = scratch(12, 2 * size).fill(0, 0, 2 * size);
  for (let i = 0; i < n; i++) signal[2 * i] = filter[i];
  const a = transformed(signal, size, scratch(13, 2 * size));
  signal.fill(0, 0, 2 * size);
  for (let i = 1; i < n; i++) signal[2 * i] = filter[n - i];
  const b = transformed(signal, size, scratch(14, 2 * size));
  const product = scratch(15, 2 * size);
  const back = scratch(16, 2 * size);
  /** Aᵀx or Bᵀx, its conjugate and times `size`, in `back`; its energy. */
  const transposed = (spectrum: Float64Array, by: Float64Array): number => {
    for (let k = 0; k < 2 * size; k += 2) {
      product[k] = spectrum[k] * by[k] + spectrum[k + 1] * by[k + 1];
      // The conjugate, so that a forward transform goes back.
      product[k + 1] = spectrum[k] * by[k + 1] - spectrum[k + 1] * by[k];
    }
    transformed(product, size, back);
    let sum = 0;
    for (let k = 0; k < 2 * n; k++) sum += back[k] * back[k];
    return sum / (size * size * variance);
  };
  /** A or B times what {@link transposed} left, added to `out` with a sign. */
  const added = (by: Float64Array, sign: number, out: Float64Array): void => {
    for (let k = 1; k < 2 * n; k += 2) back[k] = -back[k];
    back.fill(0, 2 * n, 2 * size);
    transformed(back, size, product);
    for (let k = 0; k < 2 * size; k += 2) {
      const re = product[k] * by[k] - product[k + 1] * by[k + 1];
      product[k + 1] = -(product[k + 1] * by[k] + product[k] * by[k + 1]);
      product[k] = re;
    }
    transformed(product, size, back);
    const scale = sign / (size * size * variance);
    for (let k = 0; k < 2 * n; k += 2) {
      out[k] += scale * back[k];
      out[k + 1] -= scale * back[k + 1];
    }
  };
  return {
    square: (spectrum) => transposed(spectrum, a) - transposed(spectrum, b),
    solve(spectrum) {
      const x = scratch(17, 2 * n).fill(0, 0, 2 * n);
      let square = transposed(spectrum, a);
      added(a, 1, x);
      square -= transposed(spectrum, b);
      added(b, -1, x);
      return { square, x };
    },
  };
}

/** {@link SolvedSteps} by the transforms of the steps. */
export function solvedSteps(
  inverse: FourierInverse,
  spectra: Spectra,
  { steps, missing }: ToeplitzRun,
): SolvedSteps {
  const m = missing.length;
  let square = 0;
  if (m === 0) {
    for (const spectrum of spectra) square += inverse.square(spectrum);
    return { square, sides: [] };
  }
  const sides = steps.map((_, axis) => scratch(9 + axis, m));
  spectra.forEach((spectrum, pair) => {
    const solved = inverse.solve(spectrum);
    square += solved.square;
    for (const axis of [0, 1]) {
      const side = sides[2 * pair + axis];
      if (side !== undefined) differences(solved.x, axis, missing, side);
    }
  });
  return { square, sides };
}

/** M⁻¹x before each missing place less that behind it, of an axis of the two. */
function differences(x: Float64Array, axis: number, missing: Int32Array, out: Float64Array): void {
  for (let i = 0; i < missing.length; i++) {
    const at = 2 * missing[i] + axis;
    out[i] = x[at - 2] - x[at];
  }
}

/**
 * G times a vector per axis, of up to two axes, G the precision of the missing places: their differences through M⁻¹.
 *
 * @param out where each product is written.
 */
export function precisionTimes(
  inverse: FourierInverse,
  missing: Int32Array,
  vectors: readonly Float64Array[],
  n: number,
  out: readonly Float64Array[],
): void {
  const size = powerOfTwo(2 * n);
  const signal = scratch(12, 2 * size).fill(0, 0, 2 * size);
  vectors.forEach((vector, axis) => {
    for (let i = 0; i < missing.length; i++) {
      const at = 2 * missing[i] + axis;
      signal[at - 2] += vector[i];
      signal[at] -= vector[i];
    }
  });
  const { x } = inverse.solve(transformed(signal, size, scratch(18, 2 * size)));
  vectors.forEach((_, axis) => {
    differences(x, axis, missing, out[axis]);
  });
}
