import type { MotionEstimate, PosteriorEstimate } from '@diffusion/features';
import { columnValue, csvRow, type Prediction, type Tracks } from '@diffusion/tracks';

/** What `diffusion estimate` found, by track. */
export interface Estimated {
  readonly tracks: Tracks;
  readonly estimates: readonly MotionEstimate[];
  /** The drift of the tracks that were asked for theirs; undefined where nobody asked. */
  readonly drifts: readonly (MotionEstimate | undefined)[] | undefined;
  /** What a classifier says of them, where one was asked. */
  readonly prediction: Prediction | undefined;
}

/** Six digits are more than a track tells. */
const short = (value: number): number => Number(value.toPrecision(6));

const triple = (name: string, estimate?: PosteriorEstimate): [string, number][] => [
  [name, short(estimate?.value ?? Number.NaN)],
  [`${name}_low`, short(estimate?.interval[0] ?? Number.NaN)],
  [`${name}_high`, short(estimate?.interval[1] ?? Number.NaN)],
];

/** Names and values of a track's columns, but for what a classifier says and the reason. */
export function estimateCells(
  { tracks, estimates, drifts }: Estimated,
  i: number,
): [string, string | number][] {
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
  ];
}

/** Label and probabilities of every class of a classifier, a list per track; the header first. */
function* classCells({ tracks, prediction }: Estimated): Generator<(string | number)[]> {
  const { classes, codes, probabilities } = prediction ?? {};
  if (!classes || !codes || !probabilities) {
    for (let i = -1; i < tracks.count; i++) yield [];
    return;
  }
  yield ['label', ...classes.map((name) => `p_${name}`)];
  for (let i = 0; i < tracks.count; i++) {
    const of = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
    yield [codes[i] < 0 ? '' : classes[codes[i]], ...Array.from(of, short)];
  }
}

/** Why something of a track is not there, in one text. */
export function reasonOf({ estimates, prediction }: Estimated, i: number): string {
  return [estimates[i].reason, prediction?.reasons[i]?.text ?? ''].filter(Boolean).join('; ');
}

/** A row per track, header first. */
export function* estimateRows(found: Estimated): Generator<string> {
  const classes = classCells(found);
  const next = (): (string | number)[] => classes.next().value ?? [];
  const head = next();
  if (found.tracks.count === 0) return;
  yield csvRow([...estimateCells(found, 0).map(([name]) => name), ...head, 'reason']);
  for (let i = 0; i < found.tracks.count; i++) {
    yield csvRow([
      ...estimateCells(found, i).map(([, value]) => value),
      ...next(),
      reasonOf(found, i),
    ]);
  }
}

/** The same as objects, for JSON. */
export function estimateObjects(found: Estimated): Record<string, string | number>[] {
  const classes = classCells(found);
  const names = (classes.next().value ?? []) as string[];
  return Array.from({ length: found.tracks.count }, (_, i) => {
    const values = (classes.next().value ?? []) as (string | number)[];
    return Object.fromEntries([
      ...estimateCells(found, i),
      ...names.map((name, k) => [name, values[k]] as const),
      ['reason', reasonOf(found, i)] as const,
    ]);
  });
}
