import { deriveSeed, keyedRandom } from '@diffusion/random';
import { type MotionPrior, motion } from '@diffusion/simulate';
import { columnValue, type TextColumn, Tracks } from '@diffusion/tracks';
import { framesOf, type Making } from './making.ts';

/** Tracks of the whole prior, each in the frames of a track of the file: what the file's are compared with. */
export interface Pool {
  readonly tracks: Tracks;
  /** How each was made, its scale being 1. */
  readonly makings: readonly Making[];
  /** Class of each, as the prior labels its law. */
  readonly label: readonly string[];
  /** The track of the file whose frames it has. */
  readonly like: Uint32Array;
}

/** What of the measurement is known, so that the pool has nothing else. */
export interface Known {
  readonly exposure?: number;
  /** Side of the grid on which the positions of each track of the file lie, over the scale; 0 for none. */
  readonly pixel?: Float64Array;
}

/** Relaxation time over radius²/D, 1/β₁² (`confinedLaw` of `@diffusion/simulate`): a segment, a circle, a sphere. */
const RELAXATION = [(Math.PI / 2) ** -2, 1.8411837813406593 ** -2, 2.0815759778181 ** -2];

/** Frames of the shortest track that the laws are made for. */
const LEAST_FRAMES = 4;

/**
 * Draws a pool of `count` tracks. Each has the frames of a track of `file`, all of which are taken in turn; the law and
 * its parameters, Q, the exposure, the error and the drift that is left are the prior's, without search radius, and on a grid where the file is.
 *
 * @param laws names of the laws to draw from.
 */
export function drawPool(
  prior: MotionPrior,
  laws: readonly string[],
  file: Tracks,
  count: number,
  seed: number,
  { exposure, pixel }: Known,
): Pool {
  const { dim, dt, positionUnit, timeUnit } = file;
  const like = Uint32Array.from({ length: count }, (_, j) => j % file.count);
  const offsets = new Uint32Array(count + 1);
  for (let j = 0; j < count; j++) offsets[j + 1] = offsets[j] + file.lengthOf(like[j]);
  const positions = new Float64Array(offsets[count] * dim);
  const frames = new Int32Array(offsets[count]);
  const makings: Making[] = new Array(count);
  const label: string[] = new Array(count);
  const groups = new Map<number, number[]>();
  for (let j = 0; j < count; j++) {
    const seen = framesOf(file, like[j]);
    const span = Math.max(LEAST_FRAMES, (seen.at(-1) ?? 0) + 1);
    const group = groups.get(span);
    if (group) group.push(j);
    else groups.set(span, [j]);
  }
  for (const [span, group] of groups) {
    const set = motion({
      ...{ count: group.length, dim, seed: deriveSeed(seed, 'expectation', span), laws },
      prior: seenBy(prior, span, exposure),
    }).generate();
    const columns = set.trackColumns as Record<string, Float64Array>;
    const [labels, names] = [set.trackColumns.label, set.trackColumns.law] as TextColumn[];
    group.forEach((j, k) => {
      const seen = framesOf(file, like[j]);
      const from = set.offsets[k];
      for (let p = 0; p < seen.length; p++) {
        for (let d = 0; d < dim; d++) {
          positions[(offsets[j] + p) * dim + d] = set.positions[(from + seen[p]) * dim + d];
        }
        frames[offsets[j] + p] = seen[p];
      }
      label[j] = columnValue(labels, k) as string;
      makings[j] = {
        law: columnValue(names, k) as string,
        q: columns.Q[k],
        scale: 1,
        exposure: columns.exposure[k],
        alpha: columns.alpha[k],
        R: columns.R[k],
        relaxation: (RELAXATION[dim - 1] * columns.radius[k] ** 2) / columns.D[k],
        variation: columns.variation[k],
        xy: dim > 1 && columns.sigma[k] > 0 ? larger(columns.sigma_y[k] / columns.sigma_x[k]) : 1,
        drift: columns.drift[k] * (span - 1),
      };
    });
  }
  if (pixel) {
    for (let j = 0; j < count; j++) {
      const shift = keyedRandom(seed, 'expectation', j);
      const side = pixel[like[j]];
      for (let d = 0; side > 0 && d < dim; d++) {
        const from = shift.uniform();
        for (let at = offsets[j] * dim + d; at < offsets[j + 1] * dim; at += dim) {
          positions[at] = side * Math.round(positions[at] / side + from);
        }
      }
    }
  }
  const tracks = new Tracks({ positions, offsets, dim, frames, dt, positionUnit, timeUnit });
  return { tracks, makings, label, like };
}

/** A ratio of two, the larger one above. */
const larger = (ratio: number): number => Math.max(ratio, 1 / ratio);

/** The prior of a track of so many frames, all of them seen, of the scale 1. */
function seenBy(prior: MotionPrior, span: number, exposure: number | undefined): MotionPrior {
  const one = (value: number | 'infinity') => [{ share: 1, at: value }];
  return {
    ...prior,
    length: one(span),
    scale: one(1),
    gaps: one(0),
    burst: one(1),
    pixel: one(0),
    search: one('infinity'),
    ...(exposure !== undefined && { exposure: one(exposure) }),
  };
}

/** The labels of a prior's laws that are drawn at all. */
export function labelsOf(prior: MotionPrior): readonly string[] {
  return [...new Set(prior.laws.filter(({ share }) => share > 0).map(({ label }) => label))];
}
