import { type TrackContext, ZERO } from '../context.ts';
import { axisExtent } from '../derived/axis-extent.ts';
import { windowSpread } from '../derived/window-spread.ts';
import { feature } from '../feature.ts';

type Width = 10 | 20;

/** What the two families have in common: how often a statistic of w consecutive points turns. */
const shared = (w: Width, statistic: string) =>
  ({
    section: 'increments',
    formula: `½⟨|sgn(a_{t+1} − a_t) − sgn(a_t − a_{t−1})|⟩, a_t the ${statistic} of ${w} consecutive points, mean over axes`,
    range: '[0, 1]; differences up to 1e-12·max|x − x_1| count as 0',
    minPoints: w + 2,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Kowalek et al. 2022',
  }) as const;

const movingWindowMean = <W extends Width>(w: W) =>
  feature({
    ...shared(w, 'mean'),
    name: `movingWindowMean${w}`,
    meaning: `How often the moving mean over ${w} points turns.`,
    compute: (context) => turnsMean(context, w),
  });

const movingWindowStd = <W extends Width>(w: W) =>
  feature({
    ...shared(w, 'std'),
    name: `movingWindowStd${w}`,
    meaning: `How often the moving standard deviation over ${w} points turns.`,
    compute: (context) => turnsStd(context, w),
  });

/** How often the moving mean over 10 points turns. */
export const movingWindowMean10 = movingWindowMean(10);

/** How often the moving mean over 20 points turns. */
export const movingWindowMean20 = movingWindowMean(20);

/** How often the moving standard deviation over 10 points turns. */
export const movingWindowStd10 = movingWindowStd(10);

/** How often the moving standard deviation over 20 points turns. */
export const movingWindowStd20 = movingWindowStd(20);

/** How often the mean of w consecutive points changes direction. */
function turnsMean(context: TrackContext, w: number): number {
  // The means of neighbouring windows differ by (x_{t+w} − x_t)/w.
  return overAxes(context, (x) => {
    const change = new Float64Array(x.length - w);
    for (let t = 0; t < change.length; t++) change[t] = (x[t + w] - x[t]) / w;
    return change;
  });
}

/** How often the standard deviation of w consecutive points changes direction. */
function turnsStd(context: TrackContext, w: number): number {
  return overAxes(context, (x) => {
    const spread = windowSpread(x, w);
    const change = new Float64Array(spread.length - 1);
    for (let t = 0; t < change.length; t++) change[t] = spread[t + 1] - spread[t];
    return change;
  });
}

function overAxes({ axes }: TrackContext, changes: (axis: Float64Array) => Float64Array): number {
  let sum = 0;
  for (const axis of axes) {
    const zero = ZERO * axisExtent(axis);
    const change = changes(axis);
    let turns = 0;
    let before = signOf(change[0], zero);
    for (let t = 1; t < change.length; t++) {
      const after = signOf(change[t], zero);
      turns += Math.abs(after - before);
      before = after;
    }
    sum += turns / 2 / (change.length - 1);
  }
  return sum / axes.length;
}

function signOf(value: number, zero: number): number {
  return Math.abs(value) <= zero ? 0 : Math.sign(value);
}
