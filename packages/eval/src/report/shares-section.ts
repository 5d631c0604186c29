import { summarizeTracks, type Tracks } from '@diffusion/tracks';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { classAbout, classLines, classTitle } from './class-names.ts';
import {
  counted,
  intervalPercent,
  percent,
  sharePercent,
  shareWithInterval,
  whole,
} from './format.ts';
import type { Piece, Section, Table } from './html-report.ts';
import { bestClasses, classWeights, type JudgedTracks, undecidedTracks } from './judged-tracks.ts';
import { trackNames } from './track-names.ts';

/** Share of a class, as `classShares` gives it. */
export interface ReportedShare {
  /** NaN where there is none. */
  readonly share: number;
  readonly interval?: readonly [low: number, high: number];
  /** Why there is no share or no interval. */
  readonly reason?: string;
}

/** Shares of the classes, as `classShares` gives them; in the order of the classes. */
export interface ReportedShares {
  readonly perParticle: readonly ReportedShare[];
  readonly perLocalisation?: readonly ReportedShare[];
  /** Simulated tracks that they were corrected with. */
  readonly simulated: number;
}

/** What {@link sharesSection} tells. */
export interface SharesReport extends JudgedTracks {
  /** Absent where they were not computed: the mean probabilities stand in their place. */
  readonly shares?: ReportedShares;
}

/**
 * What was read, in a sentence: how many tracks of what length, in what units.
 *
 * @example
 * tracksSentence(tracks) // '60 tracks of 4 to 60 points (median 10), 2D, every 3 s, positions in µm. …'
 */
export function tracksSentence(tracks: Tracks): string {
  const { lengths, missing } = summarizeTracks(tracks);
  const { count, dim, dt, timeUnit, positionUnit } = tracks;
  if (count === 0) return 'There are no tracks.';
  const length =
    lengths.min === lengths.max
      ? counted(lengths.min, 'point')
      : `${whole(lengths.min)} to ${counted(lengths.max, 'point')} (median ${whole(lengths.median)})`;
  const units = positionUnit ? `positions in ${positionUnit}` : 'positions without a unit';
  // Where nobody says what time is, a frame is its unit.
  const timed =
    timeUnit === 'frame'
      ? 'the time of a frame is not known'
      : `a frame every ${Number(dt.toPrecision(4))} ${timeUnit || '(without a unit)'}`;
  const gaps =
    missing > 0
      ? ` ${missing === 1 ? 'One frame is' : `${whole(missing)} frames are`} missing within tracks.`
      : '';
  return `${counted(count, 'track')} of ${length} in ${dim}D, ${timed}, ${units}.${gaps}`;
}

/**
 * The shares of the classes among the tracks, each with its interval, and what the classes are. They come from the probabilities of
 * all tracks together, never from counting labels: what is hard to tell is rarer among tracks that have a label. Of a file of one track,
 * its probabilities.
 *
 * @example
 * const section = sharesSection({ tracks, classes, predicted, probabilities, shares });
 */
export function sharesSection(report: SharesReport): Section {
  return report.tracks.count === 1 ? oneTrack(report) : manyTracks(report);
}

function manyTracks(report: SharesReport): Section {
  const { tracks, classes, predicted } = report;
  const best = bestClasses(report);
  const judged = best.filter((code) => code !== UNJUDGED).length;
  const alone = classes.map((_, k) => Array.from(predicted).filter((code) => code === k).length);
  const undecided = undecidedTracks(report).reduce((sum, one) => sum + one, 0);
  const { rows, text, corrected } = shareRows(report, judged);
  const spread = report.shares?.perLocalisation;
  const ranged = rows.some(({ interval }) => interval !== undefined);
  const shown = rows.some(({ share }) => Number.isFinite(share));
  const table: Table = {
    caption: `${corrected ? 'Shares of the particles' : 'Mean probabilities'}${ranged ? ', with 95 % intervals' : ''}; ${undecided > 0 ? 'certain: tracks of which no other class is possible' : 'tracks: those whose class it is'}`,
    columns: [
      'class',
      corrected ? 'share' : 'mean',
      ...(spread ? ['of the points'] : []),
      undecided > 0 ? 'certain' : 'tracks',
    ],
    rows: classes.map((name, k) => [
      classTitle(name),
      withReason(rows[k], ranged),
      ...(spread ? [shareWithInterval(spread[k].share, spread[k].interval)] : []),
      whole(alone[k]),
    ]),
  };
  const said =
    undecided > 0
      ? [
          `${counted(undecided, 'track')} of ${whole(tracks.count)} ${undecided === 1 ? 'is' : 'are'} undecided: several classes are possible, and the probabilities of all of them count here.`,
        ]
      : [];
  return {
    heading: 'The classes of motion',
    text: [
      tracksSentence(tracks),
      judged === tracks.count
        ? `${judged === 2 ? 'Both tracks' : `All ${counted(judged, 'track')}`} were judged.`
        : `${whole(judged)} of ${counted(tracks.count, 'track')} were judged; why the others were not is told below.`,
      ...(judged > 0 ? [...said, ...text] : []),
    ],
    pieces: shown
      ? [
          {
            spec: intervalPlot({
              rows: classes.map((name, k) => ({
                label: classLines(name),
                value: rows[k].share,
                interval: rows[k].interval,
                code: k,
              })),
              title: corrected ? 'share of the particles' : 'mean probability',
              domain: [0, 1],
              format: '.0%',
            }),
            alt: `Shares: ${classes.map((name, k) => `${name} ${sharePercent(rows[k].share)} (${intervalPercent(rows[k].interval)})`).join(', ')}`,
            caption: corrected
              ? `Share of each class among the particles${ranged ? ', with 95 % intervals' : ''}.`
              : `Mean probability of each class over the judged tracks${ranged ? ', with 95 % intervals from the spread between tracks' : '; too few for intervals'}.`,
          },
          table,
          ...meanings(classes),
        ]
      : meanings(classes),
  };
}

/** A share with its interval or, where others have one, why it has none. */
function withReason({ share, interval, reason }: ReportedShare, ranged: boolean): string {
  const text = shareWithInterval(share, interval);
  return ranged && !interval && reason ? `${text} (${reason})` : text;
}

function shareRows(report: SharesReport, judged: number) {
  const { shares, classes, tracks } = report;
  if (shares) {
    return {
      corrected: true,
      rows: shares.perParticle,
      text: [
        `The shares come from the probabilities of all tracks together, corrected for what the model mistakes and refuses on ${whole(shares.simulated)} simulated tracks like these.`,
      ],
    };
  }
  const weights = classWeights(report);
  const rows = classes.map((_, k): ReportedShare => {
    const own = Array.from({ length: tracks.count }, (_, i) => weights[i * classes.length + k]);
    return meanShare(own, judged);
  });
  return {
    corrected: false,
    rows,
    text: [
      'These are the mean probabilities of the judged tracks. They are not corrected for what the model mistakes on tracks like these, nor for the tracks that it refuses: that takes simulating such tracks.',
    ],
  };
}

/** Mean over the judged tracks, and 1.96 standard errors about it on the scale of the logit, which keeps it between 0 and 1. */
function meanShare(own: readonly number[], judged: number): ReportedShare {
  const share = own.reduce((sum, one) => sum + one, 0) / judged;
  if (judged < 5) return { share, reason: 'too few tracks' };
  if (!(share > 0 && share < 1)) return { share };
  const squares = own.reduce((sum, one) => sum + one * one, 0);
  const error = Math.sqrt(Math.max(0, squares / judged - share ** 2) / (judged - 1));
  const half = (1.96 * error) / (share * (1 - share));
  const logistic = (z: number) => 1 / (1 + Math.exp(-z));
  const middle = Math.log(share / (1 - share));
  return { share, interval: [logistic(middle - half), logistic(middle + half)] };
}

function oneTrack(report: SharesReport): Section {
  const { tracks, classes, predicted, probabilities, sets, reasons } = report;
  const [name] = trackNames(tracks);
  const read = tracksSentence(tracks);
  const best = bestClasses(report)[0];
  const text = [read];
  if (best === UNJUDGED) {
    text.push(`The model did not judge it (${reasons?.[0]?.text ?? 'no reason given'}).`);
  } else if (predicted[0] === UNJUDGED) {
    const possible = classes.filter((_, k) => sets?.[k]).map(classTitle);
    text.push(
      `It is undecided: it may be ${possible.slice(0, -1).join(', ')} or ${possible.at(-1)}. The most probable of them is ${classTitle(classes[best])}.`,
    );
  } else text.push(`Its class: ${classTitle(classes[best])}.`);
  text.push('One track tells of itself, and not of the shares of a population.');
  const pieces: Piece[] =
    probabilities && best !== UNJUDGED
      ? [
          {
            spec: intervalPlot({
              rows: classes.map((each, k) => ({
                label: classLines(each),
                value: probabilities[k],
                code: k,
              })),
              title: 'probability',
              domain: [0, 1],
              format: '.0%',
            }),
            alt: `Probabilities: ${classes.map((each, k) => `${each} ${percent(probabilities[k])}`).join(', ')}`,
            caption: 'Probability of each class.',
          },
          {
            columns: ['class', 'probability', ...(sets ? ['in its set'] : [])],
            rows: classes.map((each, k) => [
              classTitle(each),
              // What a network gives below that is no knowledge.
              probabilities[k] < 0.001 ? '< 0.1\u00a0%' : percent(probabilities[k]),
              ...(sets ? [sets[k] ? 'yes' : 'no'] : []),
            ]),
          },
        ]
      : [];
  return {
    heading: `The class of motion${tracks.trackColumns.track ? ` of track ${name}` : ''}`,
    text,
    pieces: [...pieces, ...meanings(classes)],
  };
}

/** What the classes are, as far as their names tell. */
function meanings(classes: readonly string[]): Table[] {
  const rows = classes.flatMap((name) => {
    const about = classAbout(name);
    return about === undefined ? [] : [[classTitle(name), about]];
  });
  return rows.length > 0
    ? [{ wide: true, caption: 'What the classes are', columns: ['class', 'a particle …'], rows }]
    : [];
}
