import { deriveSeed } from '@diffusion/random';
import { type MotionPrior, motion } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';

/** How a track is to be made: one law of a prior with its parameters, and what the microscope does. Time is in frames. */
export interface Making {
  /** Name of the law. */
  readonly law: string;
  /** √(one-frame MSD ÷ 2·dim)/σ, Infinity without an error, 0 for what is at rest. */
  readonly q: number;
  /** √(one-frame MSD ÷ 2·dim + σ²), in the unit of the file. */
  readonly scale: number;
  readonly exposure: number;
  /** Parameters of the law; NaN where it has none of that name, or draws it itself. */
  readonly alpha: number;
  readonly R: number;
  readonly relaxation: number;
  /** Deviation of ln σ from point to point, and the larger σ of x and y over the other. */
  readonly variation: number;
  readonly xy: number;
  /** What is left of the field's drift, over the whole track, over the scale. */
  readonly drift: number;
}

/** Tracks as they were ordered, and what is true of each. */
export interface Made {
  readonly tracks: Tracks;
  /** ⟨x²⟩ = 2Dt^α per coordinate, t in the time unit of the file; NaN where a law has none. */
  readonly diffusion: Float64Array;
  readonly alpha: Float64Array;
  readonly sigma: Float64Array;
}

/** A distribution of one value. */
const at = (value: number) => [
  { share: 1, at: value === Number.POSITIVE_INFINITY ? ('infinity' as const) : value },
];

/** The least frames that the laws are made for; a track of fewer is the beginning of one. */
const LEAST_FRAMES = 4;

/**
 * Makes a track per order, each seen in the frames of a track of `file`, in the units of `file`.
 *
 * @param prior has the laws that are ordered.
 * @param like place in `file` of the track whose frames an order gets.
 * @param pixel side of the grid on which the file's positions lie; 0 for none.
 */
export function make(
  prior: MotionPrior,
  orders: readonly Making[],
  file: Tracks,
  like: ArrayLike<number>,
  { seed, pixel = 0 }: { readonly seed: number; readonly pixel?: number },
): Made {
  const { dim, dt } = file;
  const count = orders.length;
  const offsets = new Uint32Array(count + 1);
  for (let k = 0; k < count; k++) offsets[k + 1] = offsets[k] + file.lengthOf(like[k]);
  const positions = new Float64Array(offsets[count] * dim);
  const frames = new Int32Array(offsets[count]);
  const [diffusion, alpha, sigma] = [0, 0, 0].map(() => new Float64Array(count));
  orders.forEach((order, k) => {
    const seen = framesOf(file, like[k]);
    const span = seen.length > 0 ? seen[seen.length - 1] + 1 : 0;
    const whole = motion({
      ...{ count: 1, dim, seed: deriveSeed(seed, 'expectation', k) },
      prior: priorOf(prior, order, Math.max(LEAST_FRAMES, span), pixel),
    }).generate();
    const columns = whole.trackColumns as Record<string, Float64Array>;
    // A search radius that would cut a track is the prior's, not the file's.
    for (let p = 0; p < seen.length; p++) {
      for (let d = 0; d < dim; d++) {
        positions[(offsets[k] + p) * dim + d] = whole.positions[seen[p] * dim + d];
      }
      frames[offsets[k] + p] = seen[p];
    }
    const exponent = Number.isNaN(columns.alpha[0]) ? 1 : columns.alpha[0];
    diffusion[k] = columns.D[0] / dt ** exponent;
    alpha[k] = columns.alpha[0];
    sigma[k] = columns.sigma[0];
  });
  const { positionUnit, timeUnit } = file;
  const tracks = new Tracks({ positions, offsets, dim, frames, dt, positionUnit, timeUnit });
  return { tracks, diffusion, alpha, sigma };
}

/** Frames of a track of a file, its first being 0. */
export function framesOf(file: Tracks, i: number): Int32Array {
  const { length, frames } = file.at(i);
  return Int32Array.from({ length }, (_, p) => (frames ? frames[p] - frames[0] : p));
}

/** A prior that has nothing left to draw but what an order leaves open. */
function priorOf(prior: MotionPrior, order: Making, span: number, pixel: number): MotionPrior {
  const law = prior.laws.find(({ name }) => name === order.law);
  if (!law) throw new RangeError(`law is '${order.law}': expected one of the prior`);
  const fixed = Object.entries({ alpha: order.alpha, R: order.R, relaxation: order.relaxation })
    .filter(([name, value]) => name in law && !Number.isNaN(value))
    .map(([name, value]) => [name, at(value)]);
  // What could be told of a longer track, or a wider one, was told of the track that this one is like.
  const open = Object.fromEntries(
    ['leastRadius', 'leastRelaxations'].filter((name) => name in law).map((name) => [name, 0]),
  );
  return {
    name: prior.name,
    version: prior.version,
    length: at(span),
    // What is at rest has an error alone, for any Q that is not infinite.
    q: at(order.q > 0 ? order.q : 1),
    exposure: at(order.exposure),
    scale: at(order.scale),
    gaps: at(0),
    burst: at(1),
    variation: at(order.variation),
    axes: { xy: at(order.xy), z: prior.axes.z },
    pixel: at(pixel / order.scale),
    drift: at(order.drift),
    search: at(Number.POSITIVE_INFINITY),
    laws: [{ ...law, share: 1, ...open, ...Object.fromEntries(fixed) }],
  };
}
