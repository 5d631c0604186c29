import { pow, type Random } from '@diffusion/random';
import { exposedPathPoints, exposureMean } from '../measure/motion-blur.ts';
import { attm } from '../models/attm.ts';
import { ctrw } from '../models/ctrw.ts';
import { levyWalk } from '../models/levy-walk.ts';
import { sbm } from '../models/sbm.ts';
import { drawFrom } from './distribution.ts';
import type { Circumstances, LawDefinition } from './law.ts';
import { scratchPath } from './scratch-path.ts';

/** Places per frame of a path that has no law of its mean places in closed form. */
const SUBSTEPS = 10;

/** Writes a path of any size, `substeps` places per frame; true where it may stay. */
type WritePath = (random: Random, path: Float64Array, points: number, substeps: number) => boolean;

/**
 * Writes paths until one moves and may stay, and its mean places to `out`, with the size at which the mean square of its
 * own one-frame displacements is that of the circumstances. Gives that path, of `substeps` places per frame.
 */
export function writeToSize(
  random: Random,
  out: Float64Array,
  { dim, frames, exposure, deviation }: Circumstances,
  writePath: WritePath,
): { path: Float64Array; substeps: number } {
  const substeps = exposure === 0 ? 1 : SUBSTEPS;
  const points = exposedPathPoints(frames, substeps, exposure);
  const path = scratchPath(points * dim);
  let own = 0;
  while (own === 0) {
    if (writePath(random, path, points, substeps)) own = ownDeviation(path, frames, dim, substeps);
  }
  exposureMean(path, out, frames, dim, substeps, exposure);
  const scale = deviation / own;
  for (let at = 0; at < frames * dim; at++) out[at] *= scale;
  return { path, substeps };
}

/** √(one-frame MSD ÷ 2·dim) of a path, the mean over its frames. */
function ownDeviation(path: Float64Array, frames: number, dim: number, substeps: number): number {
  const stride = substeps * dim;
  let sum = 0;
  for (let k = 1; k < frames; k++) {
    for (let d = 0; d < dim; d++) {
      const step = path[k * stride + d] - path[(k - 1) * stride + d];
      sum += step * step;
    }
  }
  return Math.sqrt(sum / (2 * dim * (frames - 1)));
}

/** Plain with three jumps and a wait of ten frames. Frames in which it jumps are counted. */
export const ctrwLaw: LawDefinition = {
  // With less the first wait would be longer than almost any track.
  fields: { alpha: { min: 0.02, max: 1 } },
  draw({ fields }, parameters, circumstances) {
    const alpha = drawFrom(fields.alpha, parameters);
    const { dim, frames } = circumstances;
    return {
      alpha,
      write(random, out) {
        const { path, substeps } = writeToSize(
          random,
          out,
          circumstances,
          (source, path, points, substeps) => {
            ctrw(source, path, points, dim, { alpha, jump: 1, substeps });
            return true;
          },
        );
        const stride = substeps * dim;
        let jumps = 0;
        let wait = 0;
        let longest = 0;
        for (let k = 1; k < frames; k++) {
          if (path[k * stride] === path[(k - 1) * stride]) longest = Math.max(longest, ++wait);
          else {
            jumps++;
            wait = 0;
          }
        }
        return jumps >= 3 && longest >= 10 ? 1 : 0;
      },
    };
  },
};

/** Plain with two turns. In one dimension half of the flights go on as the one before. */
export const levyWalkLaw: LawDefinition = {
  fields: { alpha: { min: 1, max: 2 } },
  draw({ fields }, parameters, circumstances) {
    const alpha = drawFrom(fields.alpha, parameters);
    const { dim, frames } = circumstances;
    return {
      alpha,
      write(random, out) {
        const { path, substeps } = writeToSize(
          random,
          out,
          circumstances,
          (source, path, points, substeps) => {
            levyWalk(source, path, points, dim, { alpha, maxSpeed: 1, substeps });
            return true;
          },
        );
        const stride = substeps * dim;
        let turns = 0;
        for (let k = 2; k < frames; k++) {
          let along = 0;
          let square = 0;
          for (let d = 0; d < dim; d++) {
            const at = k * stride + d;
            const [now, before] = [
              path[at] - path[at - stride],
              path[at - stride] - path[at - 2 * stride],
            ];
            along += now * before;
            square += now * now;
          }
          // The speed is the same in all flights: what is not turned has its whole square along what was before.
          if (along < (1 - 1e-6) * square) turns++;
        }
        return turns >= 2 ? 1 : 0;
      },
    };
  },
};

/** Plain with two residences of ten frames whose D differ by a factor of four. */
export const attmLaw: LawDefinition = {
  fields: { alpha: { min: 0.03, max: 1 } },
  draw({ fields }, parameters, circumstances) {
    const alpha = drawFrom(fields.alpha, parameters);
    const { dim, frames } = circumstances;
    return {
      alpha,
      write(random, out) {
        let [least, most] = [Infinity, 0];
        let seen = 0;
        const onResidence = (stay: number, D: number): void => {
          // Behind the last frame there is the rest of its exposure.
          const length = Math.min(stay, frames - 1 - seen);
          seen += stay;
          if (length < 10) return;
          least = Math.min(least, D);
          most = Math.max(most, D);
        };
        writeToSize(random, out, circumstances, (source, path, points, substeps) => {
          [least, most, seen] = [Infinity, 0, 0];
          const law = { alpha, maxStep: 1, regime: 1, variant: '2020' } as const;
          attm(source, path, points, dim, { ...law, substeps, onResidence });
          return true;
        });
        return most >= 4 * least ? 1 : 0;
      },
    };
  },
};

/**
 * Plain with |α − 1| > 0.4. The one-frame MSD is the mean over the track's duration T, 2·dim·D((T + 1)^α − 1)/T, as it is
 * seen from the first frame of the process on.
 */
export const sbmLaw: LawDefinition = {
  fields: { alpha: { above: 0, max: 10 } },
  draw({ fields }, parameters, { dim, frames, exposure, deviation }) {
    const alpha = drawFrom(fields.alpha, parameters);
    const D = (deviation * deviation * (frames - 1)) / (pow(frames, alpha) - 1);
    const step = Math.sqrt(2 * D);
    return {
      alpha,
      D,
      write(random, out) {
        const substeps = exposure === 0 ? 1 : SUBSTEPS;
        const points = exposedPathPoints(frames, substeps, exposure);
        const path = scratchPath(points * dim);
        sbm(random, path, points, dim, { alpha, step, substeps });
        exposureMean(path, out, frames, dim, substeps, exposure);
        return Math.abs(alpha - 1) > 0.4 ? 1 : 0;
      },
    };
  },
};
