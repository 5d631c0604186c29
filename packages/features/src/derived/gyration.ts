import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { derived } from '../context.ts';

/** The gyration tensor G = (1/N) Σ (x_i − x̄)(x_i − x̄)ᵀ. */
export interface Gyration {
  /** Eigenvalues, largest first, none negative. */
  readonly values: readonly number[];
  readonly trace: number;
  /** Components of x_i − x̄ along the first eigenvector. */
  readonly projection: Float64Array;
}

/** Gyration tensor of a track, about its centroid and counted from its first point; NaN where it overflows. */
export const gyration = derived(({ axes, length, dim }): Gyration => {
  const centred = axes.map((axis) => {
    let mean = 0;
    for (let i = 1; i < length; i++) mean += axis[i] - axis[0];
    mean /= length;
    return axis.map((x) => x - axis[0] - mean);
  });
  if (dim === 1) {
    const value = meanProduct(centred[0], centred[0]);
    return { values: [value], trace: value, projection: centred[0] };
  }
  const tensor = new Matrix(dim, dim);
  for (let a = 0; a < dim; a++) {
    for (let b = 0; b <= a; b++) {
      const value = meanProduct(centred[a], centred[b]);
      tensor.set(a, b, value);
      tensor.set(b, a, value);
    }
  }
  if (!tensor.to1DArray().every(Number.isFinite)) {
    // The squares of coordinates beyond 1e154 are too large for a number.
    return {
      values: new Array<number>(dim).fill(Number.NaN),
      trace: Number.NaN,
      projection: new Float64Array(length).fill(Number.NaN),
    };
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(tensor, {
    assumeSymmetric: true,
  });
  let first = 0;
  for (let a = 1; a < dim; a++) if (realEigenvalues[a] > realEigenvalues[first]) first = a;
  const projection = new Float64Array(length);
  for (let a = 0; a < dim; a++) {
    const weight = eigenvectorMatrix.get(a, first);
    for (let i = 0; i < length; i++) projection[i] += weight * centred[a][i];
  }
  const values = realEigenvalues.map((value) => Math.max(0, value)).sort((p, q) => q - p);
  let trace = 0;
  for (let a = 0; a < dim; a++) trace += tensor.get(a, a);
  return { values, trace, projection };
});

function meanProduct(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum / x.length;
}
