import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { weightedMedian } from '../metrics/weighted-median.ts';
import { withUnit } from '../plots/axis.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { medianOf } from '../predictions/median-of.ts';
import { classLines, classTitle, moves } from './class-names.ts';
import { counted, decimal, digits, intervalText, whole } from './format.ts';
import type { Figure, Piece, Section, Table } from './html-report.ts';
import { bestClasses, classWeights, type JudgedTracks } from './judged-tracks.ts';
import type { ReportedShare } from './shares-section.ts';
import { trackNames } from './track-names.ts';

/** A number and its 95 % interval, as `motionEstimates` of `@diffusion/features` gives it. */
export interface ReportedEstimate {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/** What was estimated of a track, as `motionEstimates` gives it; NaN where nothing can be said. */
export interface ReportedMotion {
  readonly diffusion: ReportedEstimate;
  readonly alpha: ReportedEstimate;
  readonly sigma: ReportedEstimate;
  readonly reason: string;
}

/** What {@link motionSection} tells. */
export interface MotionReport extends JudgedTracks {
  /** One per track. */
  readonly estimates: readonly ReportedMotion[];
  /** Shares of the classes: of those whose interval begins at 0 it is said that there may be none. */
  readonly shares?: { readonly perParticle: readonly Pick<ReportedShare, 'interval'>[] };
  /** Where it holds errors of the estimates, the reader is sent there. */
  readonly expectation?: { readonly estimates?: readonly unknown[] };
}

/** Of so few tracks the numbers of each are told. */
const EACH = 10;

/** A class of less than so many tracks has no median. */
const LEAST_TRACKS = 2;

/**
 * D and α by class, with intervals: medians over the tracks, each counted by the probability of the class, and every track as a
 * dot. Of a file of one track, its estimates. Undefined where nothing could be estimated.
 *
 * @example
 * const section = motionSection({ tracks, classes, predicted, probabilities, estimates: motionEstimates(tracks) });
 */
export function motionSection(report: MotionReport): Section | undefined {
  const { tracks, estimates } = report;
  if (!estimates.some(({ diffusion }) => Number.isFinite(diffusion.value))) return undefined;
  return tracks.count === 1 ? ofOneTrack(report) : byClass(report);
}

/** The unit of D: `µm²/s^α`. */
const unitOf = ({ tracks }: MotionReport): string =>
  `${tracks.positionUnit || 'length'}²/${tracks.timeUnit || 'time'}^α`;

const meaning = ({ tracks }: MotionReport): string =>
  `D is the generalised coefficient: along each axis the mean squared displacement after a time t is 2·D·t^α, t in ${tracks.timeUnit || 'the unit of time of the file'}, the localisation error taken off. Values of D with different α have different units and cannot be compared.`;

function byClass(report: MotionReport): Section {
  const { classes, estimates } = report;
  const best = bestClasses(report);
  const weights = classWeights(report);
  const of = (name: 'diffusion' | 'alpha' | 'sigma', k: number) =>
    weightedMedian(
      estimates.map((estimate) => estimate[name].value),
      estimates.map((_, i) => weights[i * classes.length + k]),
    );
  const found = classes.flatMap((name, k) => {
    const [diffusion, alpha, sigma] = [of('diffusion', k), of('alpha', k), of('sigma', k)];
    const there = diffusion.weight >= LEAST_TRACKS;
    return there ? [{ name, k, diffusion, alpha, sigma }] : [];
  });
  const dots = (name: 'diffusion' | 'alpha', k: number) =>
    estimates.flatMap((estimate, i) => (best[i] === k ? [estimate[name].value] : []));
  const figure = (
    name: 'diffusion' | 'alpha',
    title: string,
    what: string,
    drawn = found,
  ): Figure => ({
    spec: intervalPlot({
      rows: drawn.map((row) => ({
        label: classLines(row.name),
        value: row[name].median,
        interval: row[name].interval,
        points: dots(name, row.k),
        code: row.k,
      })),
      title,
      logarithmic: name === 'diffusion',
      ...(name === 'alpha' && { domain: [0, 2] as const }),
    }),
    alt: `${what} by class: ${drawn.map((row) => `${row.name} ${digits(row[name].median)}`).join(', ')}`,
    caption: `${what}: median of each class with its 95 % interval. Small dots: single tracks, at their most probable class.`,
  });
  const few = report.tracks.count <= EACH;
  const moving = found.filter(({ name }) => moves(name));
  const absent = found.filter(({ k }) => mayBeAbsent(report, k));
  const left = classes.filter((name) => !found.some((row) => row.name === name));
  const widths = typicalWidths(estimates);
  const estimated = estimates.filter(({ diffusion }) => Number.isFinite(diffusion.value)).length;
  const zero = estimates.filter(({ diffusion: { interval } }) => interval[0] === 0).length;
  const judged = best.filter((code) => code !== UNJUDGED).length;
  const pieces: Piece[] =
    found.length === 0
      ? []
      : [
          figure('diffusion', withUnit('D', unitOf(report)), 'Diffusion coefficient D'),
          ...(moving.length > 0 ? [figure('alpha', 'exponent α', 'Exponent α', moving)] : []),
          {
            wide: true,
            caption: `Medians over tracks, and in brackets their 95 % intervals: how well so many tracks tell the median${report.expectation?.estimates?.length ? '. By how much estimates of such tracks are off in common is told under “What to expect”' : ''}`,
            columns: [
              'class',
              'tracks',
              `D (${unitOf(report)})`,
              'α',
              `σ (${report.tracks.positionUnit || 'length'})`,
            ],
            rows: found.map(({ name, diffusion, alpha, sigma }) => [
              classTitle(name),
              decimal(diffusion.weight, 1),
              withInterval(diffusion, digits),
              moves(name) ? withInterval(alpha, (x) => decimal(x, 2)) : '–',
              withInterval(sigma, digits),
            ]),
          },
        ];
  if (few) pieces.push(eachTrack(report, best));
  return {
    heading: `Diffusion coefficient and exponent${found.length > 0 ? ' by class' : ''}`,
    text: [
      meaning(report),
      `${found.length > 0 ? `Of ${counted(estimated, 'track')}, each counted in every class by its probability there, as the model gives it${judged < estimated ? ' (in none where it was not judged)' : ''}${report.shares ? ' and not corrected as the shares are' : ''}; ` : 'Too few tracks for medians by class; '}σ is the localisation error. The 95\u00a0% interval of one track by itself is typically a factor of ${widths.factor} wide for D and ${widths.alpha} for α${zero > 0 ? `; ${whole(zero)} of the tracks may not move at all: their D cannot be told from 0` : ''}.`,
      ...(absent.length > 0
        ? [
            `There may be no track at all that is ${listed(absent.map(({ name }) => classTitle(name)))}, as the shares above say: the numbers in ${absent.length === 1 ? 'its row' : 'such a row'} are then those of other tracks that the model takes for it.`,
          ]
        : []),
      ...(left.length > 0 && !few
        ? [
            `Fewer than ${LEAST_TRACKS} tracks in all, by their probabilities, are ${left.map(classTitle).join(', ')}: no number is given of ${left.length === 1 ? 'it' : 'them'}.`,
          ]
        : []),
    ],
    pieces,
  };
}

/** Whether there may be less than half a track of a class, by the interval of its share. */
function mayBeAbsent({ shares, tracks }: MotionReport, k: number): boolean {
  const low = shares?.perParticle[k]?.interval?.[0];
  return low !== undefined && low * tracks.count < 0.5;
}

/** `a`, `a or b`, `a, b or c`. */
const listed = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join();

/** What was estimated of every track. */
function eachTrack(report: MotionReport, best: Int32Array): Table {
  const { tracks, classes, estimates, predicted } = report;
  const names = trackNames(tracks);
  const cell = ({ value, interval }: ReportedEstimate, text: (x: number) => string) =>
    Number.isFinite(value)
      ? `${text(value)}${interval.every(Number.isFinite) ? ` (${intervalText(interval, text)})` : ''}`
      : '–';
  return {
    wide: true,
    caption: 'Each track, 95 % intervals in brackets',
    columns: [
      'track',
      'class',
      `D (${unitOf(report)})`,
      'α',
      `σ (${tracks.positionUnit || 'length'})`,
    ],
    rows: estimates.map(({ diffusion, alpha, sigma }, i) => [
      names[i],
      best[i] === UNJUDGED
        ? 'not judged'
        : `${predicted[i] === UNJUDGED ? 'perhaps ' : ''}${classTitle(classes[best[i]])}`,
      cell(diffusion, digits),
      cell(alpha, (x) => decimal(x, 2)),
      cell(sigma, digits),
    ]),
  };
}

function withInterval(
  { median, interval }: { median: number; interval?: readonly [number, number] },
  text: (x: number) => string,
): string {
  return interval
    ? `${text(median)} (${intervalText(interval, text)})`
    : `${text(median)} (too few for an interval)`;
}

/** The median width of the intervals of single tracks. */
function typicalWidths(estimates: readonly ReportedMotion[]) {
  const factor = medianOf(
    estimates.map(({ diffusion: { interval } }) => interval[1] / interval[0]),
  );
  const alpha = medianOf(estimates.map(({ alpha: { interval } }) => interval[1] - interval[0]));
  return {
    factor: Number.isFinite(factor) ? digits(factor) : 'unknown size (its lower end is 0)',
    alpha: decimal(alpha, 2),
  };
}

function ofOneTrack(report: MotionReport): Section {
  const [{ diffusion, alpha, sigma, reason }] = report.estimates;
  const row = (
    what: string,
    { value, interval }: ReportedEstimate,
    text: (x: number) => string,
  ) => [what, text(value), intervalText(interval, text)];
  return {
    heading: 'Diffusion coefficient and exponent',
    text: [meaning(report), ...(reason ? [`${reason[0].toUpperCase()}${reason.slice(1)}.`] : [])],
    pieces: [
      {
        columns: ['quantity', 'value', '95 % interval'],
        rows: [
          row(`D (${unitOf(report)})`, diffusion, digits),
          row('α', alpha, (x) => decimal(x, 2)),
          row(`localisation error σ (${report.tracks.positionUnit || 'length'})`, sigma, digits),
        ],
      },
    ],
  };
}
