import { columnValue, type Reason, type Tracks } from '@diffusion/tracks';
import { NOT_A_CLASS, targetName } from '../explain/relevance.ts';
import { type DeletionPlotOptions, deletionPlot } from '../plots/deletion-plot.ts';
import { relevancePlot } from '../plots/relevance-plot.ts';
import { evenly } from './evenly.ts';
import { counted, decimal, percent, whole } from './format.ts';
import type { Section, Table } from './html-report.ts';

/** A feature and what it did. */
export interface ReportedFeature {
  readonly name: string;
  /** What the answers lose where it is exchanged between the tracks, and the deviation of that over the exchanges. */
  readonly loss: number;
  readonly deviation: number;
  /** Share of the tracks whose class becomes another. */
  readonly changed: number;
}

/** What {@link explanationSections} tells. */
export interface ExplanationReport {
  readonly tracks: Tracks;
  readonly classes: readonly string[];
  /** 1 per track whose class is undecided, as `undecidedTracks` tells it: they have a section of their own. None is when absent. */
  readonly undecided?: ArrayLike<number>;
  /** How it was found, in words: `layer-wise relevance propagation`. */
  readonly method: string;
  /** Per track the class that is explained, −1 for the exponent. */
  readonly target: ArrayLike<number>;
  /** A number per point; absent where points are not explained. */
  readonly points?: ArrayLike<number>;
  /** The points that are marked, per track. */
  readonly marked?: readonly ArrayLike<number>[];
  /** How many of a track are marked at most. */
  readonly top: number;
  readonly reasons: readonly (Reason | undefined)[];
  /** A sentence per track, of a rule or a forest. */
  readonly sentences?: readonly (string | undefined)[];
  /** Deletion and insertion, with the areas under the curves. */
  readonly curves?: DeletionPlotOptions & {
    readonly areas: Readonly<
      Record<'deletion' | 'insertion' | 'randomDeletion' | 'randomInsertion', number>
    >;
    readonly tracks: number;
  };
  /** Rank correlation with the maps of the same network with its weights shuffled, and the share of marked points in common. */
  readonly shuffled?: { readonly correlation: number; readonly overlap: number };
  /** The same between several models that were trained alike. */
  readonly repeated?: {
    readonly correlation: number;
    readonly overlap: number;
    readonly models: number;
  };
  /** Features, in any order. */
  readonly features?: readonly ReportedFeature[];
  /** Tracks per class that are drawn, 4 when absent. */
  readonly perClass?: number;
}

/** Rows of the table of features. */
const MOST_FEATURES = 15;
/** What is less stands there as 0. */
const LEAST_LOSS = 5e-4;

/**
 * What a model looked at, as sections of a report: one picture per class with the relevance of points on the path, what the answers lose
 * without each feature, and whether the explanation is to be believed.
 *
 * @example
 * const html = await renderReport({ title, sections: explanationSections({ tracks, classes, method, target, points, top: 25, reasons }) });
 */
export function explanationSections(report: ExplanationReport): Section[] {
  return [
    ...(report.points ? [overview(report), ...pictures(report)] : []),
    ...(report.sentences ? [sentencesSection(report)] : []),
    ...(report.features && report.features.length > 0 ? [featuresSection(report)] : []),
    ...(report.curves || report.shuffled || report.repeated ? [faithfulness(report)] : []),
  ];
}

/** What is explained where it is no class: how it is headed, and what speaks for it. */
const HEADINGS: Readonly<Record<string, readonly [heading: string, more: string]>> = {
  undecided: ['Undecided tracks', 'the most probable of several classes that are possible'],
  exponent: ['The exponent', 'a larger exponent'],
  diffusion: ['The diffusion coefficient', 'a larger diffusion coefficient'],
  change: ['Changes', 'a change at the point'],
};

const UNDECIDED = 'undecided';

const isUndecided = ({ target, undecided }: ExplanationReport, row: number): boolean =>
  target[row] >= 0 && undecided?.[row] === 1;

const nameOf = ({ classes, target }: ExplanationReport, row: number): string =>
  targetName(target[row], classes);

/** Rows of the tracks that are explained, by what is explained of them; those whose class is undecided by themselves. */
function rowsByTarget(report: ExplanationReport): Map<string, number[]> {
  const rowsOf = new Map<string, number[]>();
  for (const name of [...report.classes, UNDECIDED, ...Object.keys(NOT_A_CLASS)]) {
    rowsOf.set(name, []);
  }
  report.reasons.forEach((reason, row) => {
    if (!reason) rowsOf.get(isUndecided(report, row) ? UNDECIDED : nameOf(report, row))?.push(row);
  });
  return new Map([...rowsOf].filter(([, rows]) => rows.length > 0));
}

function overview(report: ExplanationReport): Section {
  const { tracks, points = [], marked, top, method } = report;
  const explained = report.reasons.filter((reason) => !reason).length;
  const left = tracks.count - explained;
  const rows = [...rowsByTarget(report)].map(([name, own]) => {
    let [share, counts] = [0, 0];
    for (const row of own) {
      // Of a track that has no more of them, all points are marked.
      if (tracks.lengthOf(row) <= top) continue;
      let [all, on] = [0, 0];
      for (let p = tracks.offsets[row]; p < tracks.offsets[row + 1]; p++) {
        all += Math.max(0, points[p]);
      }
      for (const p of Array.from(marked?.[row] ?? [])) {
        on += Math.max(0, points[tracks.offsets[row] + p]);
      }
      if (!(all > 0)) continue;
      share += on / all;
      counts++;
    }
    const length = own.reduce((sum, row) => sum + tracks.lengthOf(row), 0) / own.length;
    return [name, whole(own.length), whole(Math.round(length)), percent(share / counts, 0)];
  });
  return {
    heading: 'What is explained',
    text: [
      `By ${method}: what every point did for the answer, in units of that answer before it becomes a probability. Positive numbers speak for it, negative ones against it. ${counted(explained, 'track')} ${explained === 1 ? 'is' : 'are'} explained${left > 0 ? `, ${whole(left)} not, for ${left === 1 ? 'it was' : 'they were'} not judged` : ''}.`,
      'A point that is marked need not be special by itself: the model may compare it with others. What two good explanations do not agree on is no property of the track.',
    ],
    pieces: [
      {
        columns: [
          'answer',
          'tracks',
          'points per track',
          `of what speaks for it, on the ${top} most relevant points of tracks that have more`,
        ],
        rows,
      },
    ],
  };
}

function pictures(report: ExplanationReport): Section[] {
  const { tracks, points, marked, top, perClass = 4 } = report;
  const id = tracks.trackColumns.track;
  return [...rowsByTarget(report)].map(([name, own]) => {
    const rows = evenly(own, perClass);
    const titles = rows.map(
      (row) =>
        `track ${id ? columnValue(id, row) : row}, ${tracks.lengthOf(row)} points${isUndecided(report, row) ? `, perhaps ${nameOf(report, row)}` : ''}`,
    );
    const draw = (columns: number) =>
      relevancePlot({ tracks, rows, points: points!, marked, titles, columns });
    return {
      heading: HEADINGS[name]?.[0] ?? `Class ${name}`,
      pieces: [
        {
          wide: true,
          spec: draw(2),
          ...(rows.length > 1 && { narrow: draw(1) }),
          alt: `${counted(rows.length, 'track')}: relevance on the path for ${name}`,
          caption: `${counted(rows.length, 'track')} of ${whole(own.length)}; vermilion speaks for ${HEADINGS[name]?.[1] ?? name}, blue against it, each track to its own largest. Dots: the ${top} most relevant points; circle: the first point.`,
        },
      ],
    };
  });
}

function sentencesSection({ tracks, sentences = [], perClass = 4 }: ExplanationReport): Section {
  const id = tracks.trackColumns.track;
  const known = [...sentences.keys()].filter((row) => sentences[row] !== undefined);
  return {
    heading: 'In words',
    pieces: [
      {
        wide: true,
        columns: ['track', 'why'],
        rows: evenly(known, 4 * perClass).map((row) => [
          String(id ? columnValue(id, row) : row),
          sentences[row]!,
        ]),
      },
    ],
  };
}

function featuresSection({ features = [] }: ExplanationReport): Section {
  const shown = features
    .filter(({ loss }) => loss >= LEAST_LOSS)
    .sort((a, b) => b.loss - a.loss)
    .slice(0, MOST_FEATURES);
  return {
    heading: 'Features',
    text: 'Each feature is exchanged between the tracks, five times, and the answers are compared with those before; what costs nothing is not listed. Of two features that tell the same each looks unimportant.',
    pieces: [
      {
        wide: true,
        columns: ['feature', 'ln p falls by', '±', 'answers that change'],
        rows: shown.map(({ name, loss, deviation, changed }) => [
          name,
          decimal(loss),
          decimal(deviation),
          percent(changed, 1),
        ]),
      },
    ],
  };
}

function faithfulness({ curves, shuffled, repeated, top }: ExplanationReport): Section {
  const rows: (string | number)[][] = [];
  if (curves) {
    const { areas } = curves;
    rows.push(
      [
        'area where the most relevant points are drawn anew',
        decimal(areas.deletion),
        `less than ${decimal(areas.randomDeletion)}, of any order`,
      ],
      [
        'area where they alone are kept',
        decimal(areas.insertion),
        `more than ${decimal(areas.randomInsertion)}, of any order`,
      ],
    );
  }
  const agreement = (found: { correlation: number; overlap: number }) =>
    `${decimal(found.correlation, 2)}; ${percent(found.overlap, 0)} of the ${top} points`;
  if (shuffled) {
    rows.push([
      'agreement with the same network, its weights shuffled',
      agreement(shuffled),
      'about 0',
    ]);
  }
  if (repeated) {
    rows.push([
      `agreement of ${repeated.models} models that were trained alike`,
      agreement(repeated),
      'as near to 1 as can be',
    ]);
  }
  const table: Table = {
    ...(!curves && { wide: true }),
    columns: ['what', 'found', 'of a faithful explanation'],
    rows,
  };
  return {
    heading: 'Is it to be believed?',
    text: [
      ...(curves
        ? [
            `Of ${counted(curves.tracks, 'track')}, more and more points are drawn anew by the track’s own law, bound to those that are kept, and the answer is asked for again. Where the explanation is right the answer falls sooner than in any order, and comes back sooner.`,
          ]
        : []),
      'Agreement is Spearman’s rank correlation of the points, 1 for the same order, and the share of the most relevant points that are the same.',
    ],
    pieces: [
      ...(curves
        ? [
            {
              spec: deletionPlot(curves),
              alt: 'The mean answer against the share of points that are drawn anew, or kept',
            },
          ]
        : []),
      table,
    ],
  };
}
