import type { Random } from '@diffusion/random';
import { exposedPathPoints, exposureMean } from '../measure/motion-blur.ts';
import { confined } from '../models/confined.ts';
import { confinedMsd, relaxationOf } from './confined-msd.ts';
import { drawFrom, extremes, within } from './distribution.ts';
import type { CheckedLaw, Circumstances, LawDefinition } from './law.ts';
import { scratchPath } from './scratch-path.ts';

/**
 * Diffusion inside a segment, circle or sphere, anywhere inside at first. `relaxation` is its relaxation time in frames, of
 * which the track has at least `leastRelaxations`; the radius is at least `leastRadius` σ. The one-frame MSD is the closed
 * form of a reflecting wall, which the path has within 1 %.
 */
export const confinedLaw: LawDefinition = {
  fields: {
    relaxation: { above: 0 },
    leastRadius: { min: 0, number: true },
    leastRelaxations: { min: 0, number: true },
  },
  possible(law, circumstances) {
    const longest = longestRelaxation(law, circumstances);
    return longest >= extremes(law.fields.relaxation).least && isWide(law, circumstances, longest);
  },
  draw(law, parameters, circumstances) {
    const { dim, frames, exposure, deviation } = circumstances;
    const max = longestRelaxation(law, circumstances);
    const min = shortestRelaxation(law, circumstances, max);
    const relaxation = drawFrom(
      within('relaxation', law.fields.relaxation, { min, max }),
      parameters,
    );
    const radius = deviation * radiusOver(dim, relaxation);
    const time = relaxationOf(dim) / relaxation; // DΔt/radius²
    const D = time * radius * radius;
    // A move is at most about a tenth of the radius, so that where the wall lies is felt as it is.
    const moves = Math.min(100, Math.max(10, Math.ceil(300 * time)));
    return {
      D,
      radius,
      write(random, out) {
        write(random, out, frames, dim, exposure, { step: Math.sqrt(2 * D), radius, moves });
        return NaN;
      },
    };
  },
};

function write(
  random: Random,
  out: Float64Array,
  frames: number,
  dim: number,
  exposure: number,
  { step, radius, moves }: { step: number; radius: number; moves: number },
): void {
  const law = { step, radius, moves, start: 'uniform', wall: 'reflecting' } as const;
  if (exposure === 0) {
    confined(random, out, frames, dim, law);
    return;
  }
  const points = exposedPathPoints(frames, moves, exposure);
  const path = scratchPath(points * dim);
  confined(random, path, points, dim, { ...law, substeps: moves });
  exposureMean(path, out, frames, dim, moves, exposure);
}

/** Radius over the deviation of a displacement of one frame, for a relaxation time in frames: it grows with it. */
function radiusOver(dim: number, relaxation: number): number {
  return 1 / Math.sqrt(confinedMsd(dim, relaxationOf(dim) / relaxation));
}

function isWide(
  { numbers }: CheckedLaw,
  { dim, deviation, sigma }: Circumstances,
  relaxation: number,
): boolean {
  return deviation * radiusOver(dim, relaxation) >= numbers.leastRadius * sigma;
}

function longestRelaxation({ fields, numbers }: CheckedLaw, { frames }: Circumstances): number {
  return Math.min(extremes(fields.relaxation).most, (frames - 1) / numbers.leastRelaxations);
}

/** The shortest relaxation time whose radius is wide enough; `max` is long enough. */
function shortestRelaxation(law: CheckedLaw, circumstances: Circumstances, max: number): number {
  let low = extremes(law.fields.relaxation).least;
  if (isWide(law, circumstances, low)) return low;
  let high = max;
  for (let k = 0; k < 30; k++) {
    const middle = Math.sqrt(low * high);
    if (isWide(law, circumstances, middle)) high = middle;
    else low = middle;
  }
  return high;
}
