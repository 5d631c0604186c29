import type { MsdPlotOptions } from '@diffusion/eval';
import type { Tracks } from '@diffusion/tracks';

/** Lags of the curves, in frames, at most. */
const lags = 30;

/** One curve per class: the mean over its tracks of the time-averaged MSD, as the report draws it. */
export function msdCurves(
  tracks: Tracks,
  codes: ArrayLike<number>,
  classes: readonly string[],
): MsdPlotOptions | undefined {
  const curves = classes.flatMap((label, k) => {
    const sum = new Float64Array(lags + 1);
    const count = new Float64Array(lags + 1);
    for (const track of tracks) {
      if (codes[track.index] !== k) continue;
      const { positions, frames, length, dim } = track;
      for (let a = 0; a < length; a++) {
        for (let b = a + 1; b < length; b++) {
          const lag = frames ? frames[b] - frames[a] : b - a;
          if (lag > lags) break;
          let squared = 0;
          for (let axis = 0; axis < dim; axis++)
            squared += (positions[b * dim + axis] - positions[a * dim + axis]) ** 2;
          sum[lag] += squared;
          count[lag]++;
        }
      }
    }
    const known = [...count.keys()].filter((lag) => lag > 0 && count[lag] > 0);
    if (known.length === 0) return [];
    return [
      {
        label,
        lag: known.map((lag) => lag * tracks.dt),
        msd: known.map((lag) => sum[lag] / count[lag]),
      },
    ];
  });
  if (curves.length === 0) return undefined;
  return { curves, classes, positionUnit: tracks.positionUnit, timeUnit: tracks.timeUnit };
}
