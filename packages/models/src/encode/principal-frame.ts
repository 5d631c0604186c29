import type { Track } from '@diffusion/tracks';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { centreOf } from './centre.ts';
import { negligible, pointsDownwards, rounding } from './points-downwards.ts';

/** A track about its centroid, along its own axes. */
export interface PrincipalFrame {
  /** points × dim: positions along the principal axes, the longest first, in units of `unit`. */
  readonly positions: Float64Array;
  /** Mean squares along each axis, largest first, in squares of `unit`. */
  readonly spreads: readonly number[];
}

/**
 * A track as it looks wherever it lies and however it is turned or mirrored: about its centroid, along the eigenvectors
 * of its gyration tensor, and from its first to its last point upwards on every axis (by its drift where it ends where it
 * began). The unit is its largest coordinate,
 * so that squares of Lévy walks of 10¹⁶ have their digits.
 *
 * Throws nothing: a track that never moves is all zeros.
 *
 * @param track N points, any unit.
 *
 * @example
 * principalFrame(tracks.at(0)).spreads; // of a walk in 2D: [0.31, 0.06]
 */
export function principalFrame(track: Track): PrincipalFrame {
  const { positions, length, dim } = track;
  const centres = Array.from({ length: dim }, (_, axis) => centreOf(track, axis));
  const largest = Math.max(...centres.map(({ largest }) => largest));
  const out = new Float64Array(length * dim);
  if (!(largest > 0)) return { positions: out, spreads: new Array<number>(dim).fill(0) };
  for (let t = 0; t < length; t++) {
    for (let axis = 0; axis < dim; axis++) {
      const { first, mean } = centres[axis];
      const x = (positions[t * dim + axis] - first - mean) / largest;
      // Products that are hardly numbers any more would leave the decomposition without an end.
      out[t * dim + axis] = Math.abs(x) < negligible ? 0 : x;
    }
  }
  if (dim > 1) turn(out, length, dim);
  const spreads = new Array<number>(dim).fill(0);
  for (let axis = 0; axis < dim; axis++) {
    const downwards = pointsDownwards(out, axis, dim);
    for (let i = axis; i < out.length; i += dim) {
      if (downwards) out[i] = -out[i];
      spreads[axis] += (out[i] * out[i]) / length;
    }
  }
  return { positions: out, spreads };
}

/** Turns centred positions to their principal axes, in place. */
function turn(positions: Float64Array, length: number, dim: number): void {
  const tensor = Matrix.zeros(dim, dim);
  for (let a = 0; a < dim; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let t = 0; t < length; t++) sum += positions[t * dim + a] * positions[t * dim + b];
      tensor.set(a, b, sum / length);
      tensor.set(b, a, sum / length);
    }
  }
  // Where the tensor has no axes, or fewer than the space, as that of a square: those of the drift, and of the first point.
  const [drift, first] = [new Float64Array(dim), positions.slice(0, dim)];
  for (let i = 0; i < positions.length; i++) {
    drift[i % dim] += (positions[i] * (Math.floor(i / dim) - (length - 1) / 2)) / length ** 2;
  }
  for (const [vector, share] of [
    [drift, 1e-9],
    [first, 1e-10],
  ] as const) {
    const square = vector.reduce((sum, value) => sum + value * value, 0);
    if (square < rounding ** 2) continue;
    const weight = (share * tensor.trace()) / square;
    for (let a = 0; a < dim; a++) {
      for (let b = 0; b < dim; b++) {
        tensor.set(a, b, tensor.get(a, b) + weight * vector[a] * vector[b]);
      }
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(tensor, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, k) => k);
  order.sort((p, q) => realEigenvalues[q] - realEigenvalues[p]);
  const axes = order.map((k) =>
    Array.from({ length: dim }, (_, axis) => eigenvectorMatrix.get(axis, k)),
  );
  const point = new Float64Array(dim);
  for (let t = 0; t < length; t++) {
    for (let axis = 0; axis < dim; axis++) point[axis] = positions[t * dim + axis];
    for (const [k, axis] of axes.entries()) {
      let sum = 0;
      for (let a = 0; a < dim; a++) sum += axis[a] * point[a];
      positions[t * dim + k] = sum;
    }
  }
}
