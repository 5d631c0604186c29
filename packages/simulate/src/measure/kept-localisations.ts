import { keyedRandom, pow } from '@diffusion/random';
import { checkInteger, checkNumber, checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { fbm } from '../models/fbm.ts';
import { readFields } from '../read-specification.ts';
import { limitFocus } from './focus.ts';
import { cutLinks } from './search-radius.ts';

/** What {@link keptLocalisations} needs. */
export interface KeptOptions {
  /** Generalised D of every track, ⟨x²⟩ = 2Dt^α per coordinate; where it is 0 nothing is lost. */
  diffusion: ArrayLike<number>;
  /** Exponent of every track, above 0 and below 2; 1 unless told. */
  alpha?: ArrayLike<number>;
  /** Localisation error of every track; 0 unless told. */
  sigma?: ArrayLike<number>;
  /** Dimension of the tracks. The axis along which a particle leaves the focus is one more where that is 2, the last where it is 3. */
  dim: 2 | 3;
  /** Time between frames. */
  dt: number;
  /** How long a particle is seen at most, whatever its motion, until it is bleached or the film ends. */
  frames: number;
  /** Points of the shortest track in the file. */
  minPoints: number;
  /** Depth of focus, in position units. */
  depth?: number;
  /** Longest link, in position units. */
  maxJump?: number;
  /** Any safe integer. */
  seed: number;
}

const FIELDS = [
  ...['diffusion', 'alpha', 'sigma', 'dim', 'dt', 'frames', 'minPoints', 'depth', 'maxJump'],
  'seed',
];

/** Frames that are simulated per track, at least: a share is known to 3 % of itself. */
const ENOUGH = 2000;

/**
 * Of the localisations of a particle in focus, the share that ends in tracks of `minPoints` and more, for particles that move
 * as each of the given tracks does (fractional Brownian motion of its D and α): a fast one leaves the focus after a few
 * frames, and a jump that is longer than the search radius ends its track. As many particles come into focus as leave it.
 * Every frame shows each kind of particle in focus in proportion to how many there are, so that shares of localisations over
 * these are shares of particles.
 *
 * Not a number where D is none. A share is never said to be less than a hundredth: of so few localisations nobody knows how many there were.
 *
 * Throws a ParameterError that names the option.
 *
 * Source: A. S. Hansen et al., eLife 7 (2018) e33125 (Spot-On: fast molecules leave the focus).
 *
 * @example
 * const common = { dim: 2, dt: 0.01, frames: 50, minPoints: 5, depth: 0.7, seed: 1 } as const;
 * keptLocalisations({ diffusion: [0.01, 3], ...common }) // about 1 and 0.5
 */
export function keptLocalisations(options: KeptOptions): Float64Array {
  const fields = readFields('', options, FIELDS);
  const { diffusion, alpha, sigma, dim, depth, maxJump } = options;
  if (dim !== 2 && dim !== 3) throw new ParameterError('dim', dim, '2 or 3');
  const dt = checkNumber('dt', fields.dt, { above: 0 });
  const frames = checkInteger('frames', fields.frames, { min: 1, max: 1_000_000 });
  const minPoints = checkInteger('minPoints', fields.minPoints, { min: 1, max: frames });
  const seed = checkSeed(fields.seed);
  if (depth !== undefined) checkNumber('depth', depth, { above: 0 });
  if (maxJump !== undefined) checkNumber('maxJump', maxJump, { above: 0 });
  const count = diffusion.length;
  for (const [name, values] of Object.entries({ alpha, sigma })) {
    if (values === undefined || values.length === count) continue;
    throw new ParameterError(name, values.length, `as many numbers as diffusion has, ${count}`);
  }
  const paths = Math.ceil(ENOUGH / frames);
  const path = new Float64Array(frames * 3);
  const seen = new Float64Array(frames * dim);
  const piece = new Int32Array(frames);
  return Float64Array.from({ length: count }, (_, i) => {
    const D = diffusion[i];
    if (!(D > 0)) return D === 0 ? 1 : Number.NaN;
    const exponent = Math.min(1.99, Math.max(0.01, alpha?.[i] ?? 1));
    const error = sigma?.[i] || 0;
    const random = keyedRandom(seed, i, 'focus');
    const step = Math.sqrt(2 * D * pow(dt, exponent));
    let all = 0;
    let kept = 0;
    for (let k = 0; k < paths; k++) {
      fbm(random, path, frames, 3, { alpha: exponent, step });
      piece.fill(0);
      if (depth !== undefined) {
        limitFocus(random, path, piece, 3, { depth, height: 2 * depth, minPoints });
      }
      for (let f = 0; f < frames; f++) {
        for (let d = 0; d < dim; d++) seen[f * dim + d] = path[f * 3 + d] + error * random.normal();
      }
      if (maxJump !== undefined) cutLinks(seen, piece, dim, maxJump);
      for (let from = 0; from < frames; ) {
        let to = from + 1;
        while (to < frames && piece[to] === piece[from]) to++;
        if (piece[from] >= 0) {
          all += to - from;
          if (to - from >= minPoints) kept += to - from;
        }
        from = to;
      }
    }
    return Math.max(0.01, all > 0 ? kept / all : 0);
  });
}
