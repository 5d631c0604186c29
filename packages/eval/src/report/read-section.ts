import { summarizeTracks, type Tracks } from '@diffusion/tracks';
import { lengthsPlot } from '../plots/lengths-plot.ts';
import { counted, whole } from './format.ts';
import type { Section } from './html-report.ts';

/** What {@link readSection} tells. */
export interface ReadReport {
  /** What was read: the name of the file, or of the files. */
  readonly source: string;
  readonly tracks: Tracks;
  /** Further things to say of what was read (gaps, cuts, cells that were empty), one paragraph each. */
  readonly notes?: readonly string[];
}

/**
 * What was read from a file: tracks, lengths, units, gaps.
 *
 * @example
 * const section = readSection({ source: 'cell 3.csv', tracks });
 */
export function readSection({ source, tracks, notes = [] }: ReadReport): Section {
  const { lengths, gaps, missing } = summarizeTracks(tracks);
  const several = tracks.count > 1;
  // A histogram of one length would be one bar.
  const spread = lengths.max > lengths.min;
  const range = spread
    ? `${whole(lengths.min)} / ${whole(lengths.median)} / ${whole(lengths.max)} points`
    : `${whole(lengths.max)} points`;
  const rows: (string | number)[][] = [
    ['tracks', whole(tracks.count)],
    ...(several ? [['points', whole(tracks.pointCount)]] : []),
    ...(tracks.count > 0
      ? [[spread ? 'length, shortest / median / longest' : 'length', range]]
      : []),
    ['dimensions', tracks.dim],
    [
      'time between frames',
      `${Number(tracks.dt.toPrecision(6))} ${tracks.timeUnit || '(no unit given)'}`,
    ],
    ['unit of positions', tracks.positionUnit || 'not given'],
    [
      'frames missing within tracks',
      missing > 0 ? `${whole(missing)}, in ${counted(gaps, 'gap')}` : 'none',
    ],
  ];
  return {
    heading: `What was read from ${source}`,
    text: notes,
    pieces: [
      ...(spread
        ? [
            {
              spec: lengthsPlot(tracks.lengths()),
              alt: `Histogram of track lengths from ${lengths.min} to ${lengths.max} points`,
              caption: 'Tracks by length.',
            },
          ]
        : []),
      { columns: ['what', 'value'], rows },
    ],
  };
}
