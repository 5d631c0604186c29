import { collinear } from '../derived/collinear.ts';
import { hull } from '../derived/hull.ts';
import { feature } from '../feature.ts';

/**
 * Area of the convex hull.
 *
 * - Formula: shoelace formula on the hull
 * - Range: ≥ 0; collinear 0; undefined on a constant track
 * - Points: at least 3, in 2D
 * - Invariances: R S2 V t0
 * - Gaps: positions
 * - Source: Pinholt et al. 2021 (DeepSPT); andi_datasets
 */
export const convexHullArea = feature(
  {
    name: 'convexHullArea',
    section: 'gyration',
    summary: 'Area of the convex hull.',
    formula: 'shoelace formula on the hull',
    range: '≥ 0; collinear 0; undefined on a constant track',
    minLength: 3,
    dims: [2],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Pinholt et al. 2021 (DeepSPT); andi_datasets',
  },
  (context) => {
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
);
