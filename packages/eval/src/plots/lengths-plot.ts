import { EvaluationError } from '../errors.ts';
import { logTicks } from './axis.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/**
 * Histogram of track lengths in points; the axis is logarithmic where they span more than a factor of ten.
 *
 * Throws {@link EvaluationError} when there is no track, or a length is less than 1.
 *
 * @example
 * lengthsPlot([10, 12, 300])
 */
export function lengthsPlot(lengths: ArrayLike<number>): PlotSpec {
  if (lengths.length === 0) {
    throw new EvaluationError('lengths is empty: expected at least one track');
  }
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (!(lengths[i] >= 1)) {
      throw new EvaluationError(`lengths[${i}] is ${lengths[i]}: expected at least 1 point`);
    }
    least = Math.min(least, lengths[i]);
    most = Math.max(most, lengths[i]);
  }
  const log = most > 10 * least;
  const edges = binEdges(least, most, log);
  const counts = new Uint32Array(edges.length - 1);
  for (let i = 0; i < lengths.length; i++) counts[binOf(edges, lengths[i])]++;
  const values = Array.from(counts, (count, k) => ({ from: edges[k], to: edges[k + 1], count }));
  const domain = [edges[0], edges[edges.length - 1]];
  return plotSpec('Histogram of track lengths', {
    width: 320,
    height: 150,
    data: { values: values.filter((bar) => bar.count > 0) },
    mark: { type: 'rect', color: '#0072b2' },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        title: 'length (points)',
        scale: { type: log ? 'log' : 'linear', domain, nice: false },
        axis: log ? { values: logTicks(domain[0], domain[1]), format: '.6~g' } : { tickCount: 6 },
      },
      x2: { field: 'to' },
      y2: { datum: 0 },
      y: {
        field: 'count',
        type: 'quantitative',
        title: 'tracks',
        axis: { tickCount: 4, tickMinStep: 1, format: ',d' },
      },
    },
  });
}

/** Edges halfway between whole numbers, about 30 bins of equal width on the axis, each a whole number of points wide. */
function binEdges(least: number, most: number, log: boolean): number[] {
  const low = Math.floor(least) - 0.5;
  const high = Math.ceil(most) + 0.5;
  const bins = 30;
  const edges = [low];
  if (log) {
    for (let k = 1; k < bins; k++) {
      const edge = Math.round(low * (high / low) ** (k / bins)) + 0.5;
      if (edge > edges[edges.length - 1] && edge < high) edges.push(edge);
    }
    edges.push(high);
  } else {
    const width = Math.ceil((high - low) / bins);
    while (edges[edges.length - 1] < high) edges.push(edges[edges.length - 1] + width);
  }
  return edges;
}

/** The last bin whose lower edge is at most the value, by halving. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
