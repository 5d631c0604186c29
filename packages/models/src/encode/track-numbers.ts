/** Lags in frames whose mean squared displacements are compared with that of the lag before. */
const LAGS = [2, 3, 4, 8, 16, 32, 64, 128, 256, 512] as const;

/** Lags in frames whose displacements are compared with normal ones. */
const TAILS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** Distances, in steps, at which sizes of steps are correlated. */
const MEMORIES = [1, 2, 4, 8, 16, 32] as const;

/** Of the track's beginning: its half, quarter, …. */
const BEGINNINGS = [2, 4, 8, 16, 32] as const;

/** Of how many numbers {@link writeTrackNumbers} writes. */
export const trackNumbers = LAGS.length + TAILS.length + MEMORIES.length + BEGINNINGS.length;

/** What each of them is. */
export const trackNumberNames: readonly string[] = [
  ...LAGS.map((lag, i) => `MSD slope ${i === 0 ? 1 : LAGS[i - 1]}–${lag}`),
  ...TAILS.map((lag) => `tails at lag ${lag}`),
  ...MEMORIES.map((memory) => `memory of |step| after ${memory}`),
  ...BEGINNINGS.map((part) => `MSD of the first 1/${part}`),
];

/** Numbers per track lie within ± this. */
const bound = 5;

export const bounded = (x: number): number =>
  Number.isFinite(x) ? Math.max(-bound, Math.min(bound, x)) : 0;

/**
 * Numbers that part models of motion, each 0 where a track is Brownian without noise, or too short for it:
 *
 * - slopes of the mean squared displacement between the lags 1, 2, 3, 4, 8, … 512, less 1;
 * - the logarithm of ⟨r⁴⟩/⟨r²⟩² at the lags 1, 2, 4, … 256 over that of a normal law, 1 + 2/dim;
 * - the correlation of |step| with that 1, 2, 4, … 32 steps later;
 * - the logarithm of the mean squared step in the first half, quarter, … of the track over that of the whole.
 *
 * A lag is one in frames: pairs of points that a gap has taken are left out. A step over k frames is divided by √k. No lag is longer
 * than half the track.
 *
 * @param positions points × dim.
 * @param frames of the points; 0, 1, 2, … if left out.
 * @param steps |step| between successive points, divided by √k.
 * @param out room for {@link trackNumbers} numbers.
 */
export function writeTrackNumbers(
  positions: Float64Array,
  dim: number,
  frames: Int32Array | undefined,
  steps: Float64Array,
  out: Float32Array,
): void {
  const points = positions.length / dim;
  const span = frames ? frames[points - 1] - frames[0] + 1 : points;
  let to = 0;
  const moments = new Map<number, Moments>();
  const at = (lag: number): Moments => {
    const known = moments.get(lag);
    if (known) return known;
    const found = lag > span / 2 ? NONE : momentsAt(positions, dim, frames, lag);
    moments.set(lag, found);
    return found;
  };
  for (const [i, lag] of LAGS.entries()) {
    const before = i === 0 ? 1 : LAGS[i - 1];
    // Noise-free motion without rest has neither moment 0; what stands still has no slope.
    const slope = Math.log(at(lag).second / at(before).second) / Math.log(lag / before) - 1;
    out[to++] = bounded(slope);
  }
  for (const lag of TAILS) {
    const { second, fourth } = at(lag);
    out[to++] = bounded(Math.log(fourth / second ** 2 / (1 + 2 / dim)));
  }
  for (const memory of MEMORIES) out[to++] = bounded(correlation(steps, memory));
  const whole = meanSquare(steps, steps.length);
  for (const part of BEGINNINGS) {
    const count = Math.floor(steps.length / part);
    out[to++] =
      count < 2 ? 0 : bounded(Math.log((meanSquare(steps, count) + 1e-3 * whole) / whole));
  }
}

interface Moments {
  /** ⟨r²⟩, NaN without a pair. */
  readonly second: number;
  /** ⟨r⁴⟩. */
  readonly fourth: number;
}

const NONE: Moments = { second: Number.NaN, fourth: Number.NaN };

function momentsAt(
  positions: Float64Array,
  dim: number,
  frames: Int32Array | undefined,
  lag: number,
): Moments {
  const points = positions.length / dim;
  let second = 0;
  let fourth = 0;
  let pairs = 0;
  for (let from = 0, to = 0; from < points; from++) {
    if (frames) {
      while (to < points && frames[to] - frames[from] < lag) to++;
    } else {
      to = from + lag;
    }
    if (to >= points) break;
    if (frames && frames[to] - frames[from] !== lag) continue;
    let square = 0;
    for (let axis = 0; axis < dim; axis++) {
      square += (positions[to * dim + axis] - positions[from * dim + axis]) ** 2;
    }
    second += square;
    fourth += square * square;
    pairs++;
  }
  return { second: second / pairs, fourth: fourth / pairs };
}

/** Pearson's, of the steps and those `memory` later, about the mean of all; 0 with fewer than two pairs. */
function correlation(steps: Float64Array, memory: number): number {
  const pairs = steps.length - memory;
  if (pairs < 2) return 0;
  let mean = 0;
  for (const step of steps) mean += step / steps.length;
  let [together, alone] = [0, 0];
  for (let i = 0; i < steps.length; i++) {
    alone += (steps[i] - mean) ** 2 / steps.length;
    if (i < pairs) together += ((steps[i] - mean) * (steps[i + memory] - mean)) / pairs;
  }
  return together / alone;
}

function meanSquare(steps: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += steps[i] ** 2;
  return sum / count;
}
