import type { Random } from '@diffusion/random';
import { fractionalPath } from '../fgn/fractional-path.ts';
import type { Experiment, Recording } from './experiment.ts';

/**
 * The particles of an experiment on their way: where they are, and the steps that they would take if nothing
 * happened.
 */
export interface Walk {
  readonly random: Random;
  readonly dim: number;
  readonly frames: number;
  readonly particles: number;
  readonly recording: Recording;
  /** Coordinate d of particle p at frame t. */
  at(p: number, t: number, d: number): number;
  /** Begins new fractional Gaussian noise for particle p at frame t: no memory of the state before. */
  restart(p: number, t: number, alpha: number, D: number): void;
  /** Notes what governs the step of particle p from frame t on. */
  note(p: number, t: number, alpha: number, D: number, state: number): void;
  /** The step of particle p from frame t to the next, coordinate d. */
  step(p: number, t: number, d: number): number;
  /** Puts coordinate d of particle p at frame t, folded back into the box. */
  put(p: number, t: number, d: number, x: number): void;
}

/** Particles at their places in frame 0: uniform in the box, or at the origin. */
export function startWalk(experiment: Experiment, random: Random): Walk {
  const { particles, frames, dim, boxSize } = experiment;
  const positions = new Float64Array(particles * frames * dim);
  const alphas = new Float64Array(particles * frames);
  const Ds = new Float64Array(particles * frames);
  const states = new Uint8Array(particles * frames);
  const path = new Float64Array(frames * dim);
  /** Places without walls since the last restart, and the frame of it. */
  const steps = new Float64Array(particles * frames * dim);
  if (boxSize !== undefined) {
    for (let p = 0; p < particles; p++) {
      for (let d = 0; d < dim; d++) positions[p * frames * dim + d] = boxSize * random.uniform();
    }
  }
  return {
    random,
    dim,
    frames,
    particles,
    recording: { positions, alpha: alphas, D: Ds, state: states },
    at: (p, t, d) => positions[(p * frames + t) * dim + d],
    restart(p, t, alpha, D) {
      const left = frames - t;
      if (left < 2) return;
      fractionalPath(random, path, left, dim, alpha, Math.sqrt(2 * D));
      const from = (p * frames + t) * dim;
      for (let k = 0; k < (left - 1) * dim; k++) steps[from + k] = path[k + dim] - path[k];
    },
    note(p, t, alpha, D, state) {
      alphas[p * frames + t] = alpha;
      Ds[p * frames + t] = D;
      states[p * frames + t] = state;
    },
    step: (p, t, d) => steps[(p * frames + t) * dim + d],
    put(p, t, d, x) {
      positions[(p * frames + t) * dim + d] = boxSize === undefined ? x : folded(x, boxSize);
    },
  };
}

/** x reflected at 0 and at `size` until it is between them. */
function folded(x: number, size: number): number {
  let y = x;
  while (y < 0 || y > size) y = y < 0 ? -y : 2 * size - y;
  return y;
}
