import { derived } from '../context.ts';
import { collinear } from '../derived/collinear.ts';
import { hull } from '../derived/hull.ts';
import { feature } from '../feature.ts';

/** How long and thin the smallest rectangle around the points is. */
export const elongation = feature({
  name: 'elongation',
  section: 'gyration',
  meaning: 'How long and thin the smallest rectangle around the points is.',
  formula: '1 − short/long side of the minimum-area bounding rectangle of the hull',
  range: '[0, 1]; collinear 1; undefined on a constant track',
  minPoints: 3,
  dims: [2],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'TraJ; Wagner et al. 2017',
  compute: (context) => {
    if (context.extent === 0) return Number.NaN;
    if (collinear(context)) return 1;
    const { short, long } = boundingRectangle(context);
    return 1 - short / long;
  },
});

/** Sides of the rectangle of least area around the points of a 2D track. */
interface Rectangle {
  readonly short: number;
  readonly long: number;
}

/** One side of the rectangle lies on a side of the hull; four calipers go once around it. */
const boundingRectangle = derived((context): Rectangle => {
  const [x, y] = context.axes;
  const corners = hull(context);
  const count = corners.length;
  let least = Number.POSITIVE_INFINITY;
  let best = { short: 0, long: 0 };
  let right = 1;
  let top = 1;
  let left = 1;
  for (let i = 0; i < count; i++) {
    const a = corners[i];
    const b = corners[(i + 1) % count];
    const side = Math.hypot(x[b] - x[a], y[b] - y[a]);
    const ux = (x[b] - x[a]) / side;
    const uy = (y[b] - y[a]) / side;
    const along = (k: number): number => {
      const c = corners[k % count];
      return (x[c] - x[a]) * ux + (y[c] - y[a]) * uy;
    };
    const across = (k: number): number => {
      const c = corners[k % count];
      return (y[c] - y[a]) * ux - (x[c] - x[a]) * uy;
    };
    right = Math.max(right, i + 1);
    while (along(right + 1) > along(right)) right++;
    top = Math.max(top, right);
    while (across(top + 1) > across(top)) top++;
    left = Math.max(left, top);
    while (along(left + 1) < along(left)) left++;
    const width = along(right) - along(left);
    const height = across(top);
    if (width * height < least) {
      least = width * height;
      best = { short: Math.min(width, height), long: Math.max(width, height) };
    }
  }
  return best;
});
