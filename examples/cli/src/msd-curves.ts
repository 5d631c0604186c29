import type { MsdPlotOptions } from '@diffusion/eval';
import { ensembleTimeAveragedMsd } from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';

/** Lags of the curves, in frames, at most. */
const lags = 30;

/** One curve per class: the mean over its tracks of the time-averaged MSD, as the report draws it. */
export function msdCurves(
  tracks: Tracks,
  codes: ArrayLike<number>,
  classes: readonly string[],
): MsdPlotOptions | undefined {
  const curves = classes.flatMap((label, k) => {
    const rows = Array.from({ length: tracks.count }, (_, i) => i).filter((i) => codes[i] === k);
    if (rows.length === 0) return [];
    const options = { lags, weights: 'tracks' } as const;
    const { times, values } = ensembleTimeAveragedMsd(selectTracks(tracks, rows), options);
    return [{ label, lag: times, msd: values }];
  });
  const drawn = curves.filter(({ msd }) => msd.some((value) => value > 0));
  if (drawn.length === 0) return undefined;
  return {
    curves: drawn,
    classes,
    positionUnit: tracks.positionUnit,
    timeUnit: tracks.timeUnit,
  };
}
