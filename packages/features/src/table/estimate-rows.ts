import { columnValue, csvRow, type Prediction, type Tracks } from '@diffusion/tracks';
import type { MotionEstimate } from '../posterior/estimate-motion.ts';
import type { PosteriorEstimate } from '../posterior/posterior-estimate.ts';

/** What was estimated of every track. */
export interface EstimatedTracks {
  readonly tracks: Tracks;
  readonly estimates: readonly MotionEstimate[];
  /** The drift of the tracks that were asked for theirs; undefined where nobody asked. */
  readonly drifts?: readonly (MotionEstimate | undefined)[] | undefined;
  /** The confinement of the tracks that were asked for theirs; undefined where nobody asked. */
  readonly confinements?: readonly (MotionEstimate | undefined)[] | undefined;
  /** What a classifier says of them, where one was asked. */
  readonly prediction?: Prediction | undefined;
}

/** Six digits are more than a track tells. */
const short = (value: number): number => Number(value.toPrecision(6));

const triple = (name: string, estimate?: PosteriorEstimate): [string, number][] => [
  [name, short(estimate?.value ?? Number.NaN)],
  [`${name}_low`, short(estimate?.interval[0] ?? Number.NaN)],
  [`${name}_high`, short(estimate?.interval[1] ?? Number.NaN)],
];

/** Names and values of a track's columns. */
function cellsOf(found: EstimatedTracks, i: number): [string, string | number][] {
  const { tracks, estimates, drifts, confinements, prediction } = found;
  const { file, track: id } = tracks.trackColumns;
  const { diffusion, alpha, sigma } = estimates[i];
  return [
    ...(file ? [['file', columnValue(file, i)] as [string, string | number]] : []),
    ['track', id ? columnValue(id, i) : i],
    ['points', tracks.lengthOf(i)],
    ...triple('D', diffusion),
    ...triple('alpha', alpha),
    ...triple('sigma', sigma),
    ...(drifts ? [...triple('speed', drifts[i]?.speed), ...triple('R', drifts[i]?.ratio)] : []),
    ...(confinements ? triple('radius', confinements[i]?.radius) : []),
    ...classCells(prediction, i),
    ['reason', estimateReason(found, i)],
  ];
}

/** Label and probabilities of every class of a classifier, where one was asked. */
function classCells(prediction: Prediction | undefined, i: number): [string, string | number][] {
  const { classes, codes, probabilities } = prediction ?? {};
  if (!classes || !codes || !probabilities) return [];
  return [
    ['label', codes[i] < 0 ? '' : classes[codes[i]]],
    ...classes.map((name, k): [string, number] => [
      `p_${name}`,
      short(probabilities[i * classes.length + k]),
    ]),
  ];
}

/** Why something of a track is not there, in one text. */
export function estimateReason({ estimates, prediction }: EstimatedTracks, i: number): string {
  return [estimates[i].reason, prediction?.reasons[i]?.text ?? ''].filter(Boolean).join('; ');
}

/**
 * The estimates of tracks as rows of CSV, header first: `track,points,D,D_low,D_high,alpha,…,sigma,…,reason`, with `file` before where the
 * tracks are of several, speed, radius and the classes of a classifier where they were asked for.
 *
 * @example
 * const rows = [...estimateRows({ tracks, estimates: motionEstimates(tracks) })];
 */
export function* estimateRows(found: EstimatedTracks): Generator<string> {
  for (let i = 0; i < found.tracks.count; i++) {
    const cells = cellsOf(found, i);
    if (i === 0) yield csvRow(cells.map(([name]) => name));
    yield csvRow(cells.map(([, value]) => value));
  }
}

/** The same as objects, for JSON. */
export const estimateObjects = (found: EstimatedTracks): Record<string, string | number>[] =>
  Array.from({ length: found.tracks.count }, (_, i) => Object.fromEntries(cellsOf(found, i)));
