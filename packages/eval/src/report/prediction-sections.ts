import {
  mostProbable,
  type Reason,
  SET_SEPARATOR,
  setName,
  summarizeTracks,
  type Tracks,
} from '@diffusion/tracks';
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
import type { Figure, Section, Table } from './html-report.ts';
import { msdFigure } from './msd-figure.ts';

/** What {@link predictionSections} tells. */
export interface PredictionReport {
  /** What was read: the name of the file, or of the files. */
  readonly source: string;
  readonly tracks: Tracks;
  readonly classes: readonly string[];
  /** Predicted class per track, −1 where it got none or a set of several. */
  readonly predicted: ArrayLike<number>;
  /** Probability per track and class, count × classes. */
  readonly probabilities?: ArrayLike<number>;
  /** count × classes, 1 for each class of the set of a track; where the model gives sets. */
  readonly sets?: ArrayLike<number>;
  /** Why a track got no class or a doubtful one, undefined where there is nothing to say. */
  readonly reasons?: ArrayLike<Reason | undefined>;
  /** Further things to say of what was read (gaps, cuts, cells that were empty), one paragraph each. */
  readonly notes?: readonly string[];
  /** Curves of the predicted classes. */
  readonly msd?: MsdPlotOptions;
}

const MAP_TRACKS = 2000;

/** Sets that are told by name, the most frequent first. */
const SETS = 8;

const noReason: Reason = { kind: 'other', text: 'no reason given' };

/**
 * The report of predictions for a file: what was read, the share of each class and of each set of several, why tracks were
 * not judged, and the tracks coloured by predicted class.
 *
 * Throws {@link EvaluationError} unless there is one predicted class, or −1, per track.
 *
 * @example
 * const sections = predictionSections({ source: 'cell 3.csv', tracks, classes, predicted, reasons });
 */
export function predictionSections(report: PredictionReport): Section[] {
  const { source, tracks, classes, predicted, probabilities, sets, msd } = report;
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
  const best =
    sets && probabilities ? mostProbable(probabilities, classes.length, classes.length) : predicted;
  if (probabilities && some(best, (code) => code !== UNJUDGED)) {
    measured.push({
      spec: confidencePlot({ predicted: best, probabilities, classes }),
      alt: `Histogram of the probability of the ${sets ? 'most probable' : 'predicted'} class, by class`,
      caption: sets
        ? 'Probability of the most probable class, of undecided tracks too. It is met on tracks of the prior that the model was calibrated to.'
        : 'Probability of the predicted class. Whether it can be believed, only labelled tracks tell.',
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
  const { gaps, missing } = summarizeTracks(tracks);
  rows.push(['gaps', whole(gaps)], ['frames missing within tracks', whole(missing)]);
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

function sharesSection({ source, classes, predicted, sets, reasons }: PredictionReport): Section {
  const counts = new Float64Array(classes.length);
  const several = new Map<string, number>();
  let [unjudged, undecided] = [0, 0];
  /** Of each track without a class the set of several that it has; '' for all others. */
  const undecidedSets = Array.from(predicted, (code, i) =>
    sets && code === UNJUDGED ? setName(sets, i, classes) : '',
  );
  for (const [i, name] of undecidedSets.entries()) {
    if (predicted[i] !== UNJUDGED) counts[predicted[i]]++;
    else if (name === '') unjudged++;
    else {
      undecided++;
      several.set(name, (several.get(name) ?? 0) + 1);
    }
  }
  const why = groupReasons(
    Array.from(
      predicted,
      (code, i) =>
        reasons?.[i] ?? (code === UNJUDGED && undecidedSets[i] === '' ? noReason : undefined),
    ),
  );
  const total = predicted.length;
  const shares = classes.map((name, k) => `${name} ${percent(counts[k] / total)}`).join(', ');
  const none =
    unjudged > 0
      ? `${counted(unjudged, 'track')} of ${whole(total)} got no class: ${percent(unjudged / total)}.`
      : undecided > 0
        ? 'None was left unjudged.'
        : `All ${counted(total, 'track')} got a class.`;
  const text =
    undecided > 0
      ? [
          `${counted(undecided, 'track')} of ${whole(total)} are undecided: ${percent(undecided / total)}. Several classes are in their set, and which of them is right cannot be told. The shares of the classes are of tracks that can be told, and not of the motion in the sample: what is hard to tell is rarer among them.`,
          none,
        ]
      : none;
  return {
    heading: `Predicted classes of ${source}`,
    text,
    pieces: [
      {
        spec: classSharesPlot({ classes, counts, undecided, unjudged }),
        alt: `Shares: ${shares}${undecided > 0 ? `, undecided ${percent(undecided / total)}` : ''}, unjudged ${percent(unjudged / total)}`,
        caption: 'Shares are of all tracks.',
      },
      ...(several.size > 0 ? [setsTable(several, total)] : []),
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

/** The most frequent sets of several classes, and all others together. */
function setsTable(several: ReadonlyMap<string, number>, total: number): Table {
  const sorted = [...several].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rest = sorted.slice(SETS).reduce((sum, [, count]) => sum + count, 0);
  const rows = sorted
    .slice(0, SETS)
    .map(([name, count]) => [name.split(SET_SEPARATOR).join(' or '), count]);
  if (rest > 0) rows.push([`${whole(sorted.length - SETS)} other sets`, rest]);
  return {
    caption: 'What the sets of undecided tracks hold',
    columns: ['set', 'tracks', 'share of all tracks'],
    rows: (rows as [string, number][]).map(([name, count]) => [
      name,
      whole(count),
      percent(count / total),
    ]),
  };
}

function mapFigure({ source, tracks, classes, predicted, sets }: PredictionReport): Figure {
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
    spec: trackMapPlot({
      tracks,
      codes: predicted,
      classes,
      rows: [...judged, ...others],
      ...(sets && { withoutClass: 'undecided or unjudged' }),
    }),
    alt: `Map of the tracks of ${source}, coloured by predicted class`,
    caption: `The tracks where they lie, coloured by predicted class.${part}`,
  };
}

function some(values: ArrayLike<number>, test: (value: number) => boolean): boolean {
  for (let i = 0; i < values.length; i++) if (test(values[i])) return true;
  return false;
}
