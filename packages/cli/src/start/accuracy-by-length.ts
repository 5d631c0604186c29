import {
  binPlot,
  binRows,
  type ClassificationInput,
  type ClassificationMetrics,
  classificationMetrics,
  type Section,
} from '@diffusion/eval';
import type { Tracks } from '@diffusion/tracks';
import { table } from '../print.ts';
import { percent } from '../training/report-lines.ts';

/** How good a classification is on tracks of some lengths. */
export interface LengthBin {
  /** Points, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly metrics: ClassificationMetrics;
}

const edges = [1, 10, 20, 30, 50, 100, 200, 400, 1000, 2000];

/** The accuracy in each bin of length that has tracks. */
export function accuracyByLength(tracks: Tracks, input: ClassificationInput): LengthBin[] {
  const lengths = tracks.lengths();
  const [least, most] = [
    lengths.reduce((a, b) => Math.min(a, b)),
    lengths.reduce((a, b) => Math.max(a, b)),
  ];
  const inside = edges.filter((edge) => edge > least && edge <= most);
  return binRows(lengths, [least, ...inside, most + 1])
    .filter(({ rows }) => rows.length > 0)
    .map(({ from, to, rows }) => ({
      from,
      to: to - 1,
      metrics: classificationMetrics({ ...input, rows }),
    }));
}

/** A table of bins: where the model gives sets, the tracks that have several classes, and the share that holds the right one. */
function tableOf(bins: readonly LengthBin[]): { columns: string[]; rows: string[][] } {
  const withSets = bins.some(({ metrics }) => metrics.sets);
  return {
    columns: [
      ...['points', 'tracks', 'not judged', ...(withSets ? ['undecided'] : [])],
      ...['accuracy', '95 % interval', ...(withSets ? ['sets hold the class'] : [])],
    ],
    rows: bins.map(({ from, to, metrics }) => {
      const { count, unjudged, undecided = 0, accuracy, accuracyInterval, sets } = metrics;
      const interval = Number.isNaN(accuracy)
        ? '–'
        : `${percent(accuracyInterval.low)} to ${percent(accuracyInterval.high)}`;
      return [
        from === to ? `${from}` : `${from} to ${to}`,
        String(count),
        String(unjudged),
        ...(withSets ? [String(undecided)] : []),
        percent(accuracy),
        interval,
        ...(withSets ? [percent(sets?.coverage ?? Number.NaN)] : []),
      ];
    }),
  };
}

/** The accuracy by length, for a terminal. */
export function lengthLines(bins: readonly LengthBin[]): string[] {
  const { columns, rows } = tableOf(bins);
  return [
    'accuracy by length (of the tracks that got a class)',
    ...table([columns, ...rows].map(([first, ...rest]) => [`  ${first}`, ...rest])),
  ];
}

/** The accuracy by length, as a part of the report. */
export const lengthSection = (bins: readonly LengthBin[]): Section => ({
  heading: 'Accuracy by length',
  text: 'Of the tracks that got a class: the longer a track, the more there is to tell its motion by.',
  pieces: [
    {
      spec: binPlot({
        bins: bins.map(({ from, to, metrics }) => ({ from, to: to + 1, value: metrics.accuracy })),
        x: 'length (points)',
        y: 'accuracy',
        logarithmic: true,
      }),
      alt: `Accuracy by length: ${bins.map(({ from, metrics }) => `from ${from} points ${percent(metrics.accuracy)}`).join(', ')}`,
    },
    tableOf(bins),
  ],
});
