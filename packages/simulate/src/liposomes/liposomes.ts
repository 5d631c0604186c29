import { keyedRandom, type Random } from '@diffusion/random';
import { Images } from '@diffusion/tracks';
import { checkChoice, checkInteger, checkNumber, checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { readFields } from '../read-specification.ts';
import { classQuotas, quotaClass } from '../sets/class-quota.ts';
import { type BatchOptions, checkBatches, checkRange } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import { drawLiposome, type Liposome } from './draw-liposome.ts';

/** Classes of the two problems, and how many images of each Gryshkevych (2016) has. */
export const LIPOSOME_PROBLEMS = {
  lamellarity: { unilamellar: 12_368, multilamellar: 1_717, uncertain: 84 },
  encapsulation: { full: 24_255, uncertain: 502, empty: 161 },
} as const;

const OPTIONS = [
  'problem',
  'count',
  'seed',
  'size',
  'shares',
  'radius',
  'distortion',
  'shift',
  'ambiguity',
] as const;

/** Options of {@link liposomes}. */
export interface LiposomesOptions {
  problem: keyof typeof LIPOSOME_PROBLEMS;
  /** Number of images. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /** Width and height in pixels, at least 16; 28 unless told. */
  size?: number;
  /** Share of each class, by name; in proportion to each other. The paper's numbers of images unless told. */
  shares?: Readonly<Record<string, number>>;
  /** Radius over the size of the image: normal, cut to 0.15 … 0.48; mean 0.33 and deviation 0.06 unless told. */
  radius?: { mean: number; deviation: number };
  /** Relative deviation of the outline from a circle, 0 to 0.5; 0.2 unless told. */
  distortion?: number;
  /** Largest shift of the centre over the size of the image, 0 to 0.3; 0 (centred) unless told. */
  shift?: number;
  /**
   * How far the sign of a class strays, 0 to 1; 0 (classes that are told apart without fail) unless told. The darkness of the first
   * inner membrane, over that of the outer one, has the further deviation 0.35 · ambiguity, the filling 0.12 · ambiguity.
   */
  ambiguity?: number;
}

/**
 * A labelled set of images that is never held as a whole unless asked for: image i is a function of
 * (options, seed, i).
 */
export interface ImageSet {
  readonly count: number;
  /** Names of the classes; `labels` has them as its dictionary, in this order. */
  readonly classes: readonly string[];
  /** The options, defaults filled in: plain JSON. */
  readonly specification: LiposomesOptions;
  /** The images from … to − 1; all unless told. */
  generate(from?: number, to?: number): Images;
  /** The same images a batch at a time, in constant memory. */
  batches(options: BatchOptions): AsyncIterable<Images>;
}

/**
 * Artificial electron micrographs of liposomes, after the description of Gryshkevych (2016), "Convolutional
 * neural networks for classification of transmission electron microscopy imagery": circles with randomised
 * distortion over Perlin noise, with masks. One problem is the number of membranes (unilamellar,
 * multilamellar, uncertain), the other the filling (full, uncertain, empty); the classes are as imbalanced as
 * the paper's unless `shares` says otherwise.
 *
 * Pixels are Float32 from 0 to 1; the mask is 1 inside the outline. Image columns: `image` (its number),
 * `radius` (pixels), `membranes` (how many) and `filling`. Throws a ParameterError for an argument outside
 * its range.
 *
 * @example
 * const images = liposomes({ problem: 'lamellarity', count: 100, seed: 1, shares: { unilamellar: 1, multilamellar: 1 } }).generate();
 */
export function liposomes(options: LiposomesOptions): ImageSet {
  readFields('', options, OPTIONS);
  const problem = checkChoice(
    'problem',
    options.problem,
    Object.keys(LIPOSOME_PROBLEMS) as LiposomesOptions['problem'][],
  );
  const count = checkInteger('count', options.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(options.seed);
  const size = checkInteger('size', options.size ?? 28, { min: 16, max: 4096 });
  const classes = Object.keys(LIPOSOME_PROBLEMS[problem]);
  const shares = readShares(classes, options.shares ?? LIPOSOME_PROBLEMS[problem]);
  const { mean, deviation } = readFields(
    'radius',
    options.radius ?? { mean: 0.33, deviation: 0.06 },
    ['mean', 'deviation'],
  );
  const radius = {
    mean: checkNumber('radius.mean', mean, { min: 0.15, max: 0.48 }),
    deviation: checkNumber('radius.deviation', deviation, { min: 0, max: 1 }),
  };
  const distortion = checkNumber('distortion', options.distortion ?? 0.2, { min: 0, max: 0.5 });
  const shift = checkNumber('shift', options.shift ?? 0, { min: 0, max: 0.3 });
  const ambiguity = checkNumber('ambiguity', options.ambiguity ?? 0, { min: 0, max: 1 });
  const look = { problem, size, radius, distortion, shift, ambiguity };
  const classOf = quotaClass(seed, classQuotas(count, shares));
  const noise = new Float64Array(size * size);

  const draw = (i: number): { label: number; liposome: Liposome } => {
    const random = keyedRandom(seed, i, PURPOSE.parameters);
    const label = classOf(i);
    return {
      label,
      liposome: design(random, classes[label], look),
    };
  };
  const generate = (from = 0, to = count): Images => {
    checkRange(count, from, to);
    const n = to - from;
    const pixels = new Float32Array(n * size * size);
    const masks = new Uint8Array(n * size * size);
    const codes = new Uint32Array(n);
    const columns = ['image', 'radius', 'membranes', 'filling'].map(
      (name) => [name, new Float64Array(n)] as const,
    );
    for (let k = 0; k < n; k++) {
      const { label, liposome } = draw(from + k);
      keyedRandom(seed, from + k, PURPOSE.noise).fillNormal(noise);
      const [a, b] = [k * size * size, (k + 1) * size * size];
      drawLiposome(liposome, noise, pixels.subarray(a, b), masks.subarray(a, b));
      codes[k] = label;
      const values = [from + k, liposome.radius, liposome.membranes.length, liposome.filling];
      for (const [c, [, column]] of columns.entries()) column[k] = values[c];
    }
    const labels = { codes, dictionary: classes };
    const imageColumns = Object.fromEntries(columns);
    return new Images({ pixels, masks, count: n, height: size, width: size, labels, imageColumns });
  };
  return {
    count,
    classes,
    specification: {
      problem,
      count,
      seed,
      size,
      radius,
      distortion,
      shift,
      ambiguity,
      shares: Object.fromEntries(classes.map((name, k) => [name, shares[k]])),
    },
    generate,
    async *batches(options) {
      const { size: batch, from, to } = checkBatches(options, count);
      for (let begin = from; begin < to; begin += batch) {
        yield generate(begin, Math.min(to, begin + batch));
      }
    },
  };
}

function readShares(classes: readonly string[], value: unknown): number[] {
  const fields = readFields('shares', value, classes);
  const shares = classes.map((name) =>
    checkNumber(`shares.${name}`, fields[name] ?? 0, { min: 0 }),
  );
  if (shares.every((share) => share === 0)) {
    throw new ParameterError('shares', value, 'a class with a share above 0');
  }
  return shares;
}

const between = (random: Random, least: number, most: number): number =>
  least + (most - least) * random.uniform();

/** What all liposomes of a set have in common. */
type Look = Required<
  Pick<LiposomesOptions, 'problem' | 'size' | 'radius' | 'distortion' | 'shift' | 'ambiguity'>
>;

/** Draws what a liposome of a class looks like. */
function design(
  random: Random,
  name: string,
  { problem, size, radius: { mean, deviation }, distortion, shift, ambiguity }: Look,
): Liposome {
  let relative = mean;
  do relative = mean + deviation * random.normal();
  while (relative < 0.15 || relative > 0.48);
  const radius = relative * size;
  const place = (): number => size * (0.5 + shift * between(random, -1, 1));
  const darkness = between(random, 0.25, 0.4);
  const membranes = [{ depth: 0, darkness }];
  let filling = between(random, 0, 0.08);
  // Drawn for none where nothing strays: sets of before this was asked for stay as they are.
  const stray = (scale: number): number =>
    ambiguity > 0 ? ambiguity * scale * random.normal() : 0;
  if (problem === 'lamellarity') {
    // A second lamella that is faint is what makes an expert uncertain.
    const inner =
      name === 'multilamellar' ? 1 + random.integerBelow(3) : name === 'uncertain' ? 1 : 0;
    const faint = name === 'uncertain' ? between(random, 0.2, 0.45) : 1;
    const strayed = stray(0.35);
    const spacing = Math.max(2.2, 0.22 * radius) * between(random, 0.85, 1.15);
    for (let k = 1; k <= inner && k * spacing < radius - 1; k++) {
      const whole = k === 1 ? Math.max(0, faint + strayed) : faint;
      membranes.push({ depth: k * spacing, darkness: darkness * whole * between(random, 0.8, 1) });
    }
    // Of one membrane, a shade that looks like a second one.
    if (inner === 0 && strayed > 0) {
      membranes.push({ depth: spacing, darkness: darkness * strayed });
    }
  } else {
    if (name === 'full') filling = between(random, 0.25, 0.4);
    else if (name === 'uncertain') filling = between(random, 0.11, 0.22);
    filling = Math.max(0, filling + stray(0.12));
  }
  return {
    size,
    centreX: place(),
    centreY: place(),
    radius,
    distortion,
    membranes,
    filling,
    texture: between(random, 0.05, 0.15),
    grain: between(random, 0.02, 0.05),
    key: random.int32(),
  };
}
