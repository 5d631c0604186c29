import { mostRelevantPoints, type Relevance, targetName } from '@diffusion/eval/explain';
import { columnValue, csvRow, type Tracks } from '@diffusion/tracks';

/** What `diffusion explain` writes. */
export interface Explained {
  readonly tracks: Tracks;
  readonly classes: readonly string[];
  readonly relevance: Relevance;
  /** How many points of each track have a rank. */
  readonly top: number;
}

/** More digits than a relevance tells. */
const short = (value: number): number => Number(value.toPrecision(5));

/** The cells of every row: a point of a track that is explained, or a track that is not, with its reason. */
function* allCells({
  tracks,
  classes,
  relevance,
  top,
}: Explained): Generator<[string, string | number][]> {
  const { file, track: id } = tracks.trackColumns;
  const marked = mostRelevantPoints(tracks, relevance.points, top);
  for (const { index: i, frames, length } of tracks) {
    const reason = relevance.reasons[i];
    const rankOf = new Map(Array.from(marked[i], (point, rank) => [point, rank + 1]));
    const cells = (p: number | undefined): [string, string | number][] => [
      ...(file ? [['file', columnValue(file, i)] as [string, string | number]] : []),
      ['track', id ? columnValue(id, i) : i],
      ['frame', p === undefined ? '' : (frames?.[p] ?? p)],
      ['answer', p === undefined ? '' : targetName(relevance.target[i], classes)],
      ['relevance', p === undefined ? '' : short(relevance.points[tracks.offsets[i] + p])],
      ['rank', p === undefined ? '' : (rankOf.get(p) ?? '')],
      ['reason', reason?.text ?? ''],
    ];
    if (reason) yield cells(undefined);
    else for (let p = 0; p < length; p++) yield cells(p);
  }
}

/** A row per point, header first. */
export function* explainRows(explained: Explained): Generator<string> {
  let first = true;
  for (const cells of allCells(explained)) {
    if (first) yield csvRow(cells.map(([name]) => name));
    first = false;
    yield csvRow(cells.map(([, value]) => value));
  }
}

/** The same as objects, for JSON. */
export const explainObjects = (explained: Explained): Record<string, string | number>[] =>
  [...allCells(explained)].map((cells) => Object.fromEntries(cells));
