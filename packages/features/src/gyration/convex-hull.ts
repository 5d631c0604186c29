import { collinear } from '../derived/collinear.ts';
import { distance } from '../derived/distance.ts';
import { farthest } from '../derived/farthest.ts';
import { hull } from '../derived/hull.ts';
import { feature } from '../feature.ts';

/** Area of the convex hull. */
export const convexHullArea = feature({
  name: 'convexHullArea',
  section: 'gyration',
  meaning: 'Area of the convex hull.',
  formula: 'shoelace formula on the hull',
  range: '≥ 0; collinear 0; undefined on a constant track',
  minPoints: 3,
  dims: [2],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Pinholt et al. 2021 (DeepSPT); andi_datasets',
  compute: (context) => {
    if (context.extent === 0) return Number.NaN;
    if (collinear(context)) return 0;
    const [x, y] = context.axes;
    const corners = hull(context);
    const origin = corners[0];
    let area = 0;
    for (let i = 1; i + 1 < corners.length; i++) {
      const b = corners[i];
      const c = corners[i + 1];
      area += (x[b] - x[origin]) * (y[c] - y[origin]) - (y[b] - y[origin]) * (x[c] - x[origin]);
    }
    return area / 2;
  },
});

/** Perimeter of the convex hull. */
export const convexHullPerimeter = feature({
  name: 'convexHullPerimeter',
  section: 'gyration',
  meaning: 'Perimeter of the convex hull.',
  formula: 'Σ of its sides; 2·D_max if collinear',
  range: '≥ 0; undefined on a constant track',
  minPoints: 3,
  dims: [2],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'andi_datasets',
  compute: (context) => {
    if (context.extent === 0) return Number.NaN;
    if (collinear(context)) return 2 * farthest(context);
    const corners = hull(context);
    let perimeter = 0;
    for (let i = 0; i < corners.length; i++) {
      perimeter += distance(context, corners[i], corners[(i + 1) % corners.length]);
    }
    return perimeter;
  },
});
