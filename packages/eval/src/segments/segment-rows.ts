import type { SegmentMethod } from '@diffusion/features';
import { columnValue, csvRow, type Reason, type Tracks } from '@diffusion/tracks';
import type { DrawnSegment } from '../plots/segments-plot.ts';

/** A segment as it is written, by whatever method; intervals are of 95 %. */
export interface WrittenSegment extends DrawnSegment {
  readonly alphaInterval: readonly [number, number];
  readonly diffusionInterval: readonly [number, number];
  /** How sure the method is of the state, 0 to 1. */
  readonly probability: number;
}

/** The segments of tracks. */
export interface SegmentedTracks {
  readonly tracks: Tracks;
  /** Why a track has no segments, or those of another method. */
  readonly reasons: readonly (Reason | undefined)[];
  /** The network or the method. */
  readonly by: string;
  /** The method that segmented the tracks that have segments and a reason. */
  readonly beside?: SegmentMethod;
  readonly segments: readonly (readonly WrittenSegment[])[];
}

/** Five digits are more than a segment tells. */
const short = (value: number): number => Number(value.toPrecision(5));

/** Names and values of the columns of one segment, or of a track that has none and a reason. */
function cellsOf(
  { tracks, reasons }: SegmentedTracks,
  i: number,
  segment: WrittenSegment | undefined,
): [string, string | number][] {
  const { file, track: id } = tracks.trackColumns;
  const { frames, dt } = tracks.at(i);
  const frame = (t: number) => frames?.[t] ?? t;
  // K is per frameᵅ, D in the time of the tracks.
  const perTime = (k: number) => short(segment && segment.alpha > 0 ? k / dt ** segment.alpha : k);
  return [
    ...(file ? [['file', columnValue(file, i)] as [string, string | number]] : []),
    ['track', id ? columnValue(id, i) : i],
    ['from', segment ? frame(segment.from) : ''],
    ['to', segment ? frame(segment.to - 1) : ''],
    ['state', segment?.state ?? ''],
    ['D', segment ? perTime(segment.diffusion) : ''],
    ['D_low', segment ? perTime(segment.diffusionInterval[0]) : ''],
    ['D_high', segment ? perTime(segment.diffusionInterval[1]) : ''],
    ['alpha', segment ? short(segment.alpha) : ''],
    ['alpha_low', segment ? short(segment.alphaInterval[0]) : ''],
    ['alpha_high', segment ? short(segment.alphaInterval[1]) : ''],
    ['p', segment ? short(segment.probability) : ''],
    ['reason', reasons[i]?.text ?? ''],
  ];
}

/** The cells of every row, segment after segment and track after track. */
function* allCells(found: SegmentedTracks): Generator<[string, string | number][]> {
  for (let i = 0; i < found.tracks.count; i++) {
    const own = found.segments[i];
    if (own.length === 0) yield cellsOf(found, i, undefined);
    for (const segment of own) yield cellsOf(found, i, segment);
  }
}

/**
 * Segments as rows of CSV, header first: `track,from,to,state,D,D_low,D_high,alpha,…,p,reason`, with `file` before where the tracks are of
 * several. `from` and `to` are frames, both included; D is by the time of the tracks. A track without segments has one row with the reason.
 * `parseSegments` reads them again.
 *
 * @example
 * const { segments, reasons } = await classicalSegments(tracks, 'changes');
 * const rows = [...segmentRows({ tracks, by: 'changes', segments, reasons })];
 */
export function* segmentRows(found: SegmentedTracks): Generator<string> {
  let first = true;
  for (const cells of allCells(found)) {
    if (first) yield csvRow(cells.map(([name]) => name));
    first = false;
    yield csvRow(cells.map(([, value]) => value));
  }
}

/** The same as objects, for JSON. */
export const segmentObjects = (found: SegmentedTracks): Record<string, string | number>[] =>
  [...allCells(found)].map((cells) => Object.fromEntries(cells));
