import { exp, type Random } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { addDrift } from '../measure/drift.ts';
import { brownian } from '../models/brownian.ts';
import { confined } from '../models/confined.ts';
import { fbm } from '../models/fbm.ts';
import { unitVector } from '../models/unit-vector.ts';
import type { Way } from './draw-ways.ts';

const velocity = new Float64Array(3);

/** Writes a path of one way, `substeps` places per frame, from the origin on. Nothing of what was before is remembered. */
export function writeWay(
  random: Random,
  out: Float64Array,
  points: number,
  dim: Dim,
  substeps: number,
  way: Way,
): void {
  const { D, alpha, within, speed, relaxation, radius } = way;
  if (D === 0) {
    out.fill(0, 0, points * dim);
    return;
  }
  const step = Math.sqrt(2 * within);
  if (radius !== undefined) {
    // A move is at most about a tenth of the radius.
    const moves = Math.min(100, Math.max(10, Math.ceil((300 * within) / (radius * radius))));
    const law = { step, radius, start: 'uniform', wall: 'reflecting', moves, substeps } as const;
    confined(random, out, points, dim, law);
    return;
  }
  if (relaxation !== undefined) {
    trapped(random, out, points, dim, step, relaxation * substeps, substeps);
    return;
  }
  if (speed === undefined) {
    fbm(random, out, points, dim, { alpha, step, substeps });
    return;
  }
  brownian(random, out, points, dim, { step: step / Math.sqrt(substeps) });
  unitVector(random, dim, velocity);
  for (let d = 0; d < dim; d++) velocity[d] *= speed / substeps;
  addDrift(out, points, dim, velocity, 1);
}

/** A harmonic trap whose stay began long ago: the exact steps of an Ornstein–Uhlenbeck process. */
function trapped(
  random: Random,
  out: Float64Array,
  points: number,
  dim: Dim,
  step: number,
  relaxation: number,
  substeps: number,
): void {
  const spread = step * Math.sqrt(relaxation / substeps / 2);
  const kept = exp(-1 / relaxation);
  const scale = spread * Math.sqrt(1 - kept * kept);
  random.fillNormal(out, 0, points * dim);
  for (let d = 0; d < dim; d++) {
    const first = spread * out[d];
    let x = first;
    out[d] = 0;
    for (let at = dim + d; at < points * dim; at += dim) {
      x = kept * x + scale * out[at];
      out[at] = x - first;
    }
  }
}
