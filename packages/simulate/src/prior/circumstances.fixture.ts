import type { Tracks } from '@diffusion/tracks';

/** Of a sample: its mean and the standard error of that. */
export function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length * (values.length - 1))) };
}

/** How many standard errors the mean of a sample lies from what is expected. */
export function deviations(values: readonly number[], expected: number): number {
  const { mean, error } = meanOf(values);
  return (mean - expected) / error;
}

/** Mean product of steps `lag` apart of the coordinate d of a track, over its frames. */
export function stepProduct(tracks: Tracks, i: number, lag: number, d?: number): number {
  const { dim } = tracks;
  const { positions: x, length } = tracks.at(i);
  let sum = 0;
  let terms = 0;
  for (let k = 1; k + lag < length; k++) {
    for (let c = 0; c < dim; c++) {
      if (d !== undefined && c !== d) continue;
      const [now, later] = [k * dim + c, (k + lag) * dim + c];
      sum += (x[now] - x[now - dim]) * (x[later] - x[later - dim]);
      terms++;
    }
  }
  return sum / terms;
}

/** A number of a track. */
export function numberOf(tracks: Tracks, name: string, i: number): number {
  return (tracks.trackColumns[name] as Float64Array)[i];
}
