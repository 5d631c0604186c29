/** How change points are taken from probabilities. */
export interface ChangeOptions {
  /** Least probability of a change near a point for one to be there; 0.4 if left out, 0.5 where the states of an experiment tell it. */
  readonly threshold?: number;
  /** Least probability of the likeliest change of a track for there to be any; that of all if left out. */
  readonly first?: number;
  /** Points to both sides that count as near; 5 if left out. */
  readonly reach?: number;
}

/** Fewest points of a segment, as the second AnDi challenge has it. */
export const SHORTEST = 3;

/**
 * Change points of a track from the probability of a change at every point. A network that does not know a place to the point
 * spreads the probability of one change over several: where those near a point sum to the threshold or more there is a change,
 * at their weighted median. What belongs to it, a sum of 1 about its place, is taken away before the next is looked for.
 *
 * @param probabilities one per point of a track.
 * @returns first points of segments, in order, at least three points from each other and from both ends.
 *
 * @example
 * pickChanges([0, 0, 0, 0.1, 0.4, 0.3, 0, 0, 0, 0]) // [4]
 */
export function pickChanges(
  probabilities: ArrayLike<number>,
  { threshold = 0.4, first = threshold, reach = 5 }: ChangeOptions = {},
): number[] {
  const count = probabilities.length;
  const isPlace = (t: number) => t >= SHORTEST && t <= count - SHORTEST;
  const left = Float64Array.from(probabilities, (p, t) => (isPlace(t) ? p : 0));
  const found: number[] = [];
  for (;;) {
    const at = likeliest(left, reach);
    const [from, to] = [Math.max(0, at - reach), Math.min(count, at + reach + 1)];
    const near = left.subarray(from, to);
    const sum = near.reduce((total, p) => total + p, 0);
    if (!(sum >= (found.length === 0 ? first : threshold) && sum > 0)) break;
    const place = from + medianPlace(near, sum);
    if (found.every((other) => Math.abs(other - place) >= SHORTEST)) found.push(place);
    takeAway(left, place, reach);
  }
  return found.sort((a, b) => a - b);
}

/** The point with the largest sum within reach; of equal ones the one that is itself the likeliest. */
function likeliest(left: Float64Array, reach: number): number {
  const sums = new Float64Array(left.length + 1);
  for (let t = 0; t < left.length; t++) sums[t + 1] = sums[t] + left[t];
  const near = (t: number) =>
    sums[Math.min(left.length, t + reach + 1)] - sums[Math.max(0, t - reach)];
  let best = 0;
  for (let t = 1; t < left.length; t++) {
    const more = near(t) - near(best);
    if (more > 1e-9 || (more > -1e-9 && left[t] > left[best])) best = t;
  }
  return best;
}

function medianPlace(near: Float64Array, sum: number): number {
  let before = 0;
  for (let k = 0; k < near.length; k++) {
    before += near[k];
    if (2 * before >= sum) return k;
  }
  return near.length - 1;
}

/** Takes a sum of 1 away, from the place outwards, and all that is at the place itself and next to it. */
function takeAway(left: Float64Array, place: number, reach: number): void {
  let rest = 1;
  for (let off = 0; off <= reach && rest > 0; off++) {
    for (const t of off === 0 ? [place] : [place - off, place + off]) {
      if (t < 0 || t >= left.length) continue;
      const taken = Math.min(rest, left[t]);
      rest -= taken;
      left[t] -= off < SHORTEST ? left[t] : taken;
    }
  }
}
