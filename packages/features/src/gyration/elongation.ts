import { boundingRectangle } from '../derived/bounding-rectangle.ts';
import { collinear } from '../derived/collinear.ts';
import { feature } from '../feature.ts';

/**
 * How long and thin the smallest rectangle around the points is.
 *
 * - Formula: 1 − short/long side of the minimum-area bounding rectangle of the hull
 * - Range: [0, 1]; collinear 1; undefined on a constant track
 * - Points: at least 3, in 2D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: TraJ; Wagner et al. 2017
 */
export const elongation = feature(
  {
    name: 'elongation',
    section: 'gyration',
    summary: 'How long and thin the smallest rectangle around the points is.',
    formula: '1 − short/long side of the minimum-area bounding rectangle of the hull',
    range: '[0, 1]; collinear 1; undefined on a constant track',
    minLength: 3,
    dims: [2],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'TraJ; Wagner et al. 2017',
  },
  (context) => {
    if (context.extent === 0) return Number.NaN;
    if (collinear(context)) return 1;
    const { short, long } = boundingRectangle(context);
    return 1 - short / long;
  },
);
