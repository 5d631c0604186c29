/**
 * Where a noisy curve falls fastest before its lowest point: the place of the most negative slope of a straight line through a
 * tenth of the points around it, the first of equal ones; undefined where it does not fall. The first tenth takes no part: a
 * running mean has seen little there.
 *
 * @param values at points of one distance.
 *
 * @example
 * steepest([5, 4.5, 3, 2.9, 8]) // 1
 */
export function steepest(values: readonly number[]): number | undefined {
  const { length } = values;
  const half = Math.max(1, Math.round(length / 20));
  const lowest = values.reduce((best, value, i) => (value < values[best] ? i : best), 0);
  let found: number | undefined;
  let least = 0;
  for (let i = Math.floor(length / 10); i <= lowest; i++) {
    const slope = slopeOf(values.slice(Math.max(0, i - half), i + half + 1));
    if (!(slope < least)) continue;
    least = slope;
    found = i;
  }
  return found;
}

/** The slope of the straight line with the least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  let [product, square] = [0, 0];
  for (const [i, value] of values.entries()) {
    product += (i - middle) * value;
    square += (i - middle) ** 2;
  }
  return product / square;
}
