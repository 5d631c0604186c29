import { collinear } from '../derived/collinear.ts';
import { distance } from '../derived/distance.ts';
import { farthest } from '../derived/farthest.ts';
import { hull } from '../derived/hull.ts';
import { feature } from '../feature.ts';

/**
 * Perimeter of the convex hull.
 *
 * - Formula: Σ of its sides; 2·D_max if collinear
 * - Range: ≥ 0; undefined on a constant track
 * - Points: at least 3, in 2D
 * - Invariances: R S1 V t0
 * - Gaps: positions
 * - Source: andi_datasets
 */
export const convexHullPerimeter = feature(
  {
    name: 'convexHullPerimeter',
    section: 'gyration',
    summary: 'Perimeter of the convex hull.',
    formula: 'Σ of its sides; 2·D_max if collinear',
    range: '≥ 0; undefined on a constant track',
    minLength: 3,
    dims: [2],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'andi_datasets',
  },
  (context) => {
    if (context.extent === 0) return Number.NaN;
    if (collinear(context)) return 2 * farthest(context);
    const corners = hull(context);
    let perimeter = 0;
    for (let i = 0; i < corners.length; i++) {
      perimeter += distance(context, corners[i], corners[(i + 1) % corners.length]);
    }
    return perimeter;
  },
);
