import { normalQuantile } from '../metrics/normal-quantile.ts';

/** A point of a profile: a share, and the logarithm of the greatest likelihood with it, over that of all shares. */
type Point = readonly [share: number, height: number];

/** Below the top by more, a profile has no area worth counting. */
const DEEP = 9;
/** Points of a profile on either side of its top. */
const POINTS = 14;
/** A share is never quite 0 or 1 while it is looked for. */
export const EDGE = 1e-9;

/**
 * The interval of a share from its profile likelihood ℓ (concave, 0 at its top): the shares with ℓ above a level that is that
 * of the χ² law of one degree of freedom or, where lower, the one that encloses the given part of the area under exp ℓ. At the
 * ends of the range, and for a few tracks, the first alone is too short: of none among n tracks it makes 1.9/n, the second 3/n.
 *
 * @param profile ℓ by share; asked from 10⁻⁹ to 1 − 10⁻⁹.
 * @param top where it is 0.
 */
export function profileInterval(
  profile: (share: number) => number,
  top: number,
  confidence: number,
): readonly [number, number] {
  const left = side(profile, top, EDGE);
  const right = side(profile, top, 1 - EDGE);
  const points: Point[] = [...left.reverse(), [top, 0], ...right];
  let low = normalQuantile(0.5 + confidence / 2) ** 2 / 2;
  if (areaAbove(points, -low) < confidence * areaAbove(points, -DEEP)) {
    let high = DEEP;
    while (high - low > 1e-3) {
      const middle = (low + high) / 2;
      if (areaAbove(points, -middle) < confidence * areaAbove(points, -DEEP)) low = middle;
      else high = middle;
    }
  }
  const [from, to] = ends(points, -low);
  return [from <= 2 * EDGE ? 0 : from, to >= 1 - 2 * EDGE ? 1 : to];
}

/** Points from the top to where the profile is deep, or to the end of the range. */
function side(profile: (share: number) => number, top: number, end: number): Point[] {
  if (Math.abs(top - end) <= 2 * EDGE) return [];
  let far = end;
  let depth = -profile(end);
  let near = top;
  for (let step = 0; step < 40 && depth > 1.5 * DEEP; step++) {
    const middle = (near + far) / 2;
    const there = -profile(middle);
    if (there > DEEP) {
      far = middle;
      depth = there;
    } else near = middle;
  }
  // Closer to each other near the top, as what is there moves faster where it is at an end.
  return Array.from({ length: POINTS }, (_, j) => {
    const share = top + (far - top) * ((j + 1) / POINTS) ** 1.5;
    return [share, j === POINTS - 1 ? -depth : Math.min(0, profile(share))] as const;
  });
}

/** Area under exp ℓ where ℓ is above a level; ℓ is straight between the points. */
function areaAbove(points: readonly Point[], level: number): number {
  let area = 0;
  for (let j = 1; j < points.length; j++) {
    let [a, u] = points[j - 1];
    let [b, v] = points[j];
    if (u < level && v < level) continue;
    if (u < level) [a, u] = [cross(points[j - 1], points[j], level), level];
    if (v < level) [b, v] = [cross(points[j - 1], points[j], level), level];
    const difference = u - v;
    const mean =
      Math.abs(difference) < 1e-6 ? Math.exp(u) : (Math.exp(u) - Math.exp(v)) / difference;
    area += (b - a) * mean;
  }
  return area;
}

function ends(points: readonly Point[], level: number): [number, number] {
  let low = points[0][0];
  let high = points[points.length - 1][0];
  for (let j = 1; j < points.length; j++) {
    const [before, after] = [points[j - 1], points[j]];
    if (before[1] < level && after[1] >= level) low = cross(before, after, level);
    if (before[1] >= level && after[1] < level) high = cross(before, after, level);
  }
  return [low, high];
}

const cross = ([a, u]: Point, [b, v]: Point, level: number): number =>
  a + ((b - a) * (level - u)) / (v - u);
