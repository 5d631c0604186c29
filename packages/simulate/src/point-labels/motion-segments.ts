import { keyedRandom, type Random, randomGeometric, randomLogUniform } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { STATE } from '../andi2/experiment.ts';
import { checkDim, checkInteger, checkSeed } from '../check.ts';
import { exposedPathPoints, exposureMean } from '../measure/motion-blur.ts';
import { missBursts } from '../prior/miss-bursts.ts';
import { scratchPath } from '../prior/scratch-path.ts';
import { readFields, readQuantity } from '../read-specification.ts';
import type { DataSet } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import { drawWays, type Way } from './draw-ways.ts';
import { labelledPoints } from './labelled-points.ts';
import type { MotionSegmentsOptions } from './motion-segments-options.ts';
import { writeWay } from './write-way.ts';

/** Places per frame of a path that is exposed. */
const SUBSTEPS = 8;

/** A stay has more frames than this. */
const LEAST = 3;

const FIELDS = ['count', 'seed', 'dim', 'length', 'q', 'gaps', 'exposure'];

interface Stay {
  readonly way: Way;
  readonly from: number;
  readonly to: number;
}

/**
 * Tracks as any microscope sees them whose motion changes, with a label per point, to learn segmentation from. A particle is at
 * rest, confined (in a harmonic trap, or by a wall), free (fractional Brownian motion, α from 0.3 to 1.5, 1 in a third of them)
 * or directed; three tenths of the tracks stay so, the others change between two or three ways, or begin a new one each time.
 * D of the ways of a track are up to a hundred times apart on either side, stays from 6 frames to the track's length in the
 * mean. Behind a change nothing is remembered. On that lie a localisation error, the exposure of the camera, and frames that are missed in
 * bursts of up to ten in the mean. Track i is a function of (seed, i, length) alone.
 *
 * Point columns `state` (immobile, confined, free, directed), `alpha` and `D` of the step from a point to the next: D is half of the MSD of
 * one frame per coordinate; α of what is confined or directed is the slope of its MSD from one frame to four. At rest
 * both are 0. The unit of length is that in which σ is drawn, log-uniform from 0.01 to 1. Track columns: `track`, `q`, `sigma`, `exposure`, `missing` (a share).
 *
 * Throws a ParameterError for an argument outside its range.
 *
 * @example
 * motionSegments({ count: 8, seed: 1, dim: 3, length: 200, gaps: 0.1 }).generate();
 */
export function motionSegments(options: MotionSegmentsOptions): DataSet {
  readFields('', options, FIELDS);
  const count = checkInteger('count', options.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(options.seed);
  const dim = checkDim(options.dim ?? 2);
  const length = options.length ?? { min: 20, max: 200 };
  const points = readQuantity('length', length, { min: 4, max: 10_000 }, true);
  const { gaps, exposure, q = { min: 0.1, max: 30 } } = options;
  const quality = readQuantity('q', q, { above: 0 });
  const missed = readQuantity('gaps', gaps ?? 0, { min: 0, max: 0.9 });
  const exposed = readQuantity('exposure', exposure ?? 0, { min: 0, max: 1 });

  return labelledPoints({
    count,
    dim,
    classes: Object.keys(STATE),
    lengths: { min: points.least, max: points.most },
    specification: {
      ...{ preset: 'motion-segments', count, seed, dim, length, q },
      ...(gaps !== undefined && { gaps }),
      ...(exposure !== undefined && { exposure }),
    },
    positionUnit: '',
    columns: ['q', 'sigma', 'exposure', 'missing'],
    row(i) {
      const plan = keyedRandom(seed, i, PURPOSE.parameters);
      const seen = points.draw(plan);
      const level =
        quality.most > quality.least
          ? randomLogUniform(plan, quality.least, quality.most)
          : quality.least;
      const share = gaps === undefined ? usualGaps(plan) : missed.draw(plan);
      const burst = randomLogUniform(plan, 1, 10);
      const open = exposure === undefined ? usualExposure(plan) : exposed.draw(plan);
      const sigma = randomLogUniform(plan, 0.01, 1);
      const missing = Math.floor((share / (1 - share)) * seen);
      const frames = seen + missing;
      const stays = staysOf(plan, dim, frames, level);
      const places = pathOf(keyedRandom(seed, i, PURPOSE.motion), stays, frames, dim, open);

      const piece = new Int32Array(frames);
      missBursts(keyedRandom(seed, i, PURPOSE.missed), piece, missing, burst);
      const noise = keyedRandom(seed, i, PURPOSE.noise);
      const positions = new Float64Array(seen * dim);
      const [alpha, D] = [new Float64Array(seen), new Float64Array(seen)];
      const state = new Uint8Array(seen);
      const times = new Int32Array(seen);
      let stay = 0;
      for (let frame = 0, k = 0; frame < frames; frame++) {
        if (frame === stays[stay].to) stay++;
        if (piece[frame] < 0) continue;
        const { way } = stays[stay];
        for (let d = 0; d < dim; d++) {
          positions[k * dim + d] = sigma * (places[frame * dim + d] + noise.normal());
        }
        alpha[k] = way.alpha;
        D[k] = way.D * sigma * sigma;
        state[k] = way.state;
        times[k++] = frame;
      }
      return {
        ...{ positions, alpha, D, state },
        frames: times,
        values: [level, sigma, open, missing / frames],
      };
    },
  });
}

const usualGaps = (random: Random): number => Math.max(0, 0.6 * random.uniform() - 0.3);

const usualExposure = (random: Random): number =>
  Math.max(0, Math.min(1, 3 * random.uniform() - 1));

/** What a track does, and when: no stay is shorter than LEAST frames. */
function staysOf(random: Random, dim: Dim, frames: number, q: number): Stay[] {
  const ways = drawWays(random, dim, frames, q);
  const stays: Stay[] = [];
  let before: Way | undefined;
  for (let from = 0; from < frames; ) {
    const way = ways.next(before);
    const lasts = way.stay < Number.POSITIVE_INFINITY;
    let to = lasts ? from + LEAST + randomGeometric(random, 1 / (way.stay - LEAST)) : frames;
    if (to > frames - LEAST) to = frames;
    stays.push({ way, from, to });
    before = way;
    from = to;
  }
  return stays;
}

/** Mean places of the exposures, in units of σ. */
function pathOf(
  random: Random,
  stays: readonly Stay[],
  frames: number,
  dim: Dim,
  exposure: number,
): Float64Array {
  const substeps = exposure === 0 ? 1 : SUBSTEPS;
  const points = exposedPathPoints(frames, substeps, exposure);
  const path = new Float64Array(points * dim);
  for (const { way, from, to } of stays) {
    const first = from * substeps;
    // The last step of a stay ends where the next one begins.
    const end = to === frames ? points : Math.min(points, to * substeps + 1);
    const own = scratchPath((end - first) * dim);
    writeWay(random, own, end - first, dim, substeps, way);
    for (let k = 0; k < (end - first) * dim; k++) {
      path[first * dim + k] = path[first * dim + (k % dim)] + own[k];
    }
  }
  if (exposure === 0) return path;
  const places = new Float64Array(frames * dim);
  exposureMean(path, places, frames, dim, substeps, exposure);
  return places;
}
