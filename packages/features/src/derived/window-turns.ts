import { type TrackContext, ZERO } from '../context.ts';
import { axisExtent } from './axis-extent.ts';
import { windowSpread } from './window-spread.ts';

/** How often the mean of w consecutive points changes direction; see the movingWindowMean features. */
export function turnsMean(context: TrackContext, w: number): number {
  // The means of neighbouring windows differ by (x_{t+w} − x_t)/w.
  return overAxes(context, (x) => {
    const change = new Float64Array(x.length - w);
    for (let t = 0; t < change.length; t++) change[t] = (x[t + w] - x[t]) / w;
    return change;
  });
}

/** How often the standard deviation of w consecutive points changes direction; see the movingWindowStd features. */
export function turnsStd(context: TrackContext, w: number): number {
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
