import { type Reason, type ReasonKind, SET_SEPARATOR, setName } from '@diffusion/tracks';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { confidencePlot } from '../plots/confidence-plot.ts';
import { groupReasons } from '../predictions/group-reasons.ts';
import { classTitle } from './class-names.ts';
import { counted, percent, whole } from './format.ts';
import type { Piece, Section, Table } from './html-report.ts';
import { bestClasses, type JudgedTracks, undecidedTracks } from './judged-tracks.ts';
import type { ReportedMotion } from './motion-section.ts';
import { trackNames } from './track-names.ts';

/** What {@link notJudgedSection} tells. */
export interface NotJudgedReport extends JudgedTracks {
  readonly estimates?: readonly ReportedMotion[];
  /** Further things that are not there and how to have them, a row each. */
  readonly missing?: readonly (readonly [what: string, remedy: string])[];
}

/** Of so few tracks the set of each is told, and no picture of them drawn. */
const EACH = 10;

/** Sets that are told by name, the most frequent first. */
const SETS = 6;

const noReason: Reason = { kind: 'other', text: 'no reason given' };

/** What can be done about it. */
const REMEDIES: Readonly<Record<ReasonKind, string>> = {
  dimension: 'take a model of this dimension (--model), or train one (diffusion train)',
  'too-short':
    'follow particles for longer: shorter intervals, less light, linking over gaps; or train a model on shorter tracks',
  'too-long': 'judge parts of them (--frames FROM:TO), or train a model on longer tracks',
  length: 'train a model that sees such lengths',
  gaps: 'cut tracks where many frames are missing (--split-gaps), or link and detect more',
  immobile: 'nothing: it does not move by more than its localisation error',
  'not-finite': 'this is a fault of the model: take another, or train it again',
  undefined: 'longer tracks',
  outside:
    'look at the track: wrong units or pixel size, false links and drift of the stage make tracks unlike all that were simulated',
  other: '–',
};

/** What can be done about what `motionEstimates` says, by how it begins. */
const OF_ESTIMATES: readonly (readonly [begins: string, remedy: string])[] = [
  ['too short', 'four points are the least of which D and α can be estimated'],
  ['exposure not given', 'give it, as a fraction of the frame: --exposure'],
  ['an error', 'give σ (--sigma), or mend the columns of errors'],
  ['immobile', 'nothing: positions that never change have no D'],
];

/**
 * What could not be judged or estimated, how many tracks that is, and what to do about it; and how certain the classes of the
 * others are.
 *
 * @example
 * const section = notJudgedSection({ tracks, classes, predicted, probabilities, sets, reasons });
 */
export function notJudgedSection(report: NotJudgedReport): Section {
  const { tracks, classes, predicted, probabilities, sets, reasons, estimates } = report;
  const undecided = undecidedTracks(report);
  const given = Array.from(
    predicted,
    (code, i) => reasons?.[i] ?? (code === UNJUDGED && !undecided[i] ? noReason : undefined),
  );
  const rows: string[][] = [];
  for (const { kind, reason, rows: of } of groupReasons(given)) {
    const doubtful = of.filter((i) => predicted[i] !== UNJUDGED).length;
    const how = doubtful === of.length ? ' (a doubtful class)' : '';
    rows.push([`class: ${reason}${how}`, whole(of.length), REMEDIES[kind]]);
  }
  const several = undecided.reduce((sum, one) => sum + one, 0);
  if (several > 0) {
    rows.push([
      'class: undecided, several are possible',
      whole(several),
      'longer tracks, or a smaller localisation error; the shares above count all possible classes by their probability',
    ]);
  }
  const why = new Map<string, number>();
  for (const { reason } of estimates ?? []) {
    for (const one of reason.split('; ')) {
      const known = OF_ESTIMATES.find(([begins]) => one.startsWith(begins));
      const heading = known?.[0] === 'too short' ? 'too short' : one;
      if (one !== '') why.set(heading, (why.get(heading) ?? 0) + 1);
    }
  }
  for (const [reason, count] of why) {
    const remedy = OF_ESTIMATES.find(([begins]) => reason.startsWith(begins))?.[1] ?? '–';
    rows.push([`estimate: ${reason}`, whole(count), remedy]);
  }
  for (const [what, remedy] of report.missing ?? []) rows.push([what, '–', remedy]);
  const pieces: Piece[] = [];
  if (rows.length > 0) pieces.push({ wide: true, columns: ['what', 'tracks', 'what to do'], rows });
  if (several > 0 && sets && tracks.count > EACH) pieces.push(setsTable(report, undecided));
  const best = bestClasses(report);
  if (probabilities && tracks.count > EACH && best.some((code) => code !== UNJUDGED)) {
    pieces.push({
      spec: confidencePlot({
        predicted: best,
        probabilities,
        classes: classes.map(classTitle),
      }),
      alt: 'Histogram of the probability of the most probable class, by class',
      caption:
        'How certain the classes are: probability of the most probable class of every judged track.',
    });
  }
  if (tracks.count <= EACH && tracks.count > 1 && several > 0 && sets)
    pieces.push(eachSet(report, undecided));
  const none = predicted.length - best.filter((code) => code !== UNJUDGED).length;
  return {
    heading: 'What could not be told, and what to do about it',
    text:
      rows.length === 0
        ? `Every track was judged${estimates ? ' and estimated' : ''}.`
        : none === 0
          ? `${tracks.count === 1 ? 'The' : 'Every'} track was judged.`
          : tracks.count === 1
            ? 'The track got no class.'
            : `${counted(none, 'track')} of ${whole(predicted.length)} got no class: ${percent(none / predicted.length)}.`,
    pieces,
  };
}

/** The sets of undecided tracks, one by one. */
function eachSet({ sets, classes, tracks }: NotJudgedReport, undecided: Uint8Array): Table {
  const names = trackNames(tracks);
  return {
    wide: true,
    caption: 'Which classes are possible for undecided tracks',
    columns: ['track', 'set'],
    rows: names.flatMap((name, i) =>
      undecided[i]
        ? [
            [
              name,
              setName(sets ?? [], i, classes)
                .split(SET_SEPARATOR)
                .join(' or '),
            ],
          ]
        : [],
    ),
  };
}

/** The most frequent sets of several classes, and all others together. */
function setsTable({ sets, classes, tracks }: NotJudgedReport, undecided: Uint8Array): Table {
  const several = new Map<string, number>();
  for (let i = 0; i < tracks.count; i++) {
    if (!undecided[i]) continue;
    const name = setName(sets ?? [], i, classes);
    several.set(name, (several.get(name) ?? 0) + 1);
  }
  const sorted = [...several].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rows: (readonly [string, number])[] = sorted
    .slice(0, SETS)
    .map(([name, count]) => [name.split(SET_SEPARATOR).join(' or '), count]);
  const others = sorted.length - SETS;
  if (others > 0) {
    const rest = sorted.slice(SETS).reduce((sum, [, count]) => sum + count, 0);
    rows.push([`${counted(others, 'other set')}`, rest]);
  }
  return {
    caption: 'Which classes are possible for undecided tracks',
    columns: ['set', 'tracks', 'of all'],
    rows: rows.map(([name, count]) => [name, whole(count), percent(count / tracks.count)]),
  };
}
