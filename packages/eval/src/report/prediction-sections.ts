import type { Reason, Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { classSharesPlot } from '../plots/class-shares-plot.ts';
import { confidencePlot } from '../plots/confidence-plot.ts';
import { lengthsPlot } from '../plots/lengths-plot.ts';
import type { MsdPlotOptions } from '../plots/msd-plot.ts';
import { trackMapPlot } from '../plots/track-map-plot.ts';
import { groupReasons } from '../predictions/group-reasons.ts';
import { evenly } from './evenly.ts';
import { exampleFigures, examplesText } from './example-figures.ts';
import { counted, percent, whole } from './format.ts';
import type { Figure, Section } from './html-report.ts';
import { msdFigure } from './msd-figure.ts';

/** What {@link predictionSections} tells. */
export interface PredictionReport {
  /** What was read: the name of the file, or of the files. */
  readonly source: string;
  readonly tracks: Tracks;
  readonly classes: readonly string[];
  /** Predicted class per track, −1 where it got none. */
  readonly predicted: ArrayLike<number>;
  /** Probability per track and class, count × classes. */
  readonly probabilities?: ArrayLike<number>;
  /** Why a track got no class or a doubtful one, undefined where there is nothing to say. */
  readonly reasons?: ArrayLike<Reason | undefined>;
  /** Further things to say of what was read (gaps, cuts, cells that were empty), one paragraph each. */
  readonly notes?: readonly string[];
  /** Curves of the predicted classes. */
  readonly msd?: MsdPlotOptions;
}

const MAP_TRACKS = 2000;

const noReason: Reason = { kind: 'other', text: 'no reason given' };

/**
 * The report of predictions for a file: what was read, the share of each class, why tracks were not judged, and the
 * tracks coloured by predicted class.
 *
 * Throws {@link EvaluationError} unless there is one predicted class, or −1, per track.
 *
 * @example
 * const sections = predictionSections({ source: 'cell 3.csv', tracks, classes, predicted, reasons });
 */
export function predictionSections(report: PredictionReport): Section[] {
  const { source, tracks, classes, predicted, probabilities, msd } = report;
  if (predicted.length !== tracks.count) {
    throw new EvaluationError(
      `predicted has ${predicted.length} codes: expected one per track, ${tracks.count}`,
    );
  }
  for (let i = 0; i < predicted.length; i++) {
    if (predicted[i] === UNJUDGED || classes[predicted[i]] !== undefined) continue;
    throw new EvaluationError(
      `predicted[${i}] is ${predicted[i]}: expected 0 to ${classes.length - 1}, or -1 for unjudged`,
    );
  }
  const sections = [readSection(report), sharesSection(report)];
  const looks: Figure[] = [];
  if (tracks.dim > 1 && tracks.pointCount > 0) looks.push(mapFigure(report));
  looks.push(...exampleFigures({ tracks, codes: predicted, classes }));
  if (looks.length > 0) {
    sections.push({
      heading: `Tracks of ${source} by predicted class`,
      text: `Single tracks ${examplesText(tracks.dim)}`,
      pieces: looks,
    });
  }
  const measured: Figure[] = [];
  if (probabilities && some(predicted, (code) => code !== UNJUDGED)) {
    measured.push({
      spec: confidencePlot({ predicted, probabilities, classes }),
      alt: 'Histogram of the probability of the predicted class, by class',
      caption:
        'Probability of the predicted class. Whether it can be believed, only labelled tracks tell.',
    });
  }
  if (msd) measured.push(msdFigure(msd));
  if (measured.length > 0) {
    sections.push({ heading: 'Confidence and mean squared displacement', pieces: measured });
  }
  return sections;
}

function readSection({ source, tracks, notes = [] }: PredictionReport): Section {
  const lengths = Float64Array.from({ length: tracks.count }, (_, i) => tracks.lengthOf(i));
  const sorted = lengths.slice().sort();
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  const rows: (string | number)[][] = [
    ['tracks', whole(tracks.count)],
    ['points', whole(tracks.pointCount)],
    ['dimensions', tracks.dim],
    ['time between frames', `${Number(tracks.dt.toPrecision(6))} ${tracks.timeUnit}`],
    ['unit of positions', tracks.positionUnit || 'not given'],
  ];
  if (tracks.count > 0) {
    const range = `${whole(sorted[0])} / ${whole(median)} / ${whole(sorted[sorted.length - 1])}`;
    rows.splice(2, 0, ['length, shortest / median / longest', `${range} points`]);
  }
  rows.push(['frames missing within tracks', whole(missingFrames(tracks))]);
  return {
    heading: `What was read from ${source}`,
    text: notes,
    pieces: [
      ...(tracks.count > 0
        ? [
            {
              spec: lengthsPlot(lengths),
              alt: `Histogram of track lengths from ${sorted[0]} to ${sorted[sorted.length - 1]} points`,
              caption: 'Tracks by length.',
            },
          ]
        : []),
      { columns: ['what', 'value'], rows },
    ],
  };
}

function sharesSection({ source, classes, predicted, reasons }: PredictionReport): Section {
  const counts = new Float64Array(classes.length);
  let unjudged = 0;
  for (let i = 0; i < predicted.length; i++) {
    if (predicted[i] === UNJUDGED) unjudged++;
    else counts[predicted[i]]++;
  }
  const why = groupReasons(
    Array.from(predicted, (code, i) => reasons?.[i] ?? (code === UNJUDGED ? noReason : undefined)),
  );
  const total = predicted.length;
  const shares = classes.map((name, k) => `${name} ${percent(counts[k] / total)}`).join(', ');
  const text =
    unjudged > 0
      ? `${counted(unjudged, 'track')} of ${whole(total)} got no class: ${percent(unjudged / total)}.`
      : `All ${counted(total, 'track')} got a class.`;
  return {
    heading: `Predicted classes of ${source}`,
    text,
    pieces: [
      {
        spec: classSharesPlot({ classes, counts, unjudged }),
        alt: `Shares: ${shares}, unjudged ${percent(unjudged / total)}`,
        caption: 'Shares are of all tracks.',
      },
      ...(why.length > 0
        ? [
            {
              caption: 'Why tracks were not judged, or only with doubt',
              columns: ['reason', 'no class', 'doubtful class'],
              rows: why.map(({ reason, rows }) => {
                const none = rows.filter((i) => predicted[i] === UNJUDGED).length;
                return [reason, whole(none), whole(rows.length - none)];
              }),
            },
          ]
        : []),
    ],
  };
}

function mapFigure({ source, tracks, classes, predicted }: PredictionReport): Figure {
  const all = Array.from({ length: tracks.count }, (_, i) => i);
  const judged = evenly(
    all.filter((i) => predicted[i] !== UNJUDGED),
    MAP_TRACKS,
  );
  const others = evenly(
    all.filter((i) => predicted[i] === UNJUDGED),
    MAP_TRACKS - judged.length,
  );
  const drawn = judged.length + others.length;
  const part =
    drawn < tracks.count
      ? ` ${whole(drawn)} of ${counted(tracks.count, 'track')}, those with a class first.`
      : '';
  return {
    spec: trackMapPlot({ tracks, codes: predicted, classes, rows: [...judged, ...others] }),
    alt: `Map of the tracks of ${source}, coloured by predicted class`,
    caption: `The tracks where they lie, coloured by predicted class.${part}`,
  };
}

function missingFrames(tracks: Tracks): number {
  let missing = 0;
  for (const { frames, length } of tracks) {
    if (frames && length > 0) missing += frames[length - 1] - frames[0] + 1 - length;
  }
  return missing;
}

function some(values: ArrayLike<number>, test: (value: number) => boolean): boolean {
  for (let i = 0; i < values.length; i++) if (test(values[i])) return true;
  return false;
}
