import { type CsvTable, csvTable, ReadError } from '@diffusion/tracks';
import { quote } from '@diffusion/tracks/messages';
import type { ScoredSegment } from '../metrics/segmentation-metrics.ts';
import { numberCells, textCells, trackCells } from '../predictions/table-columns.ts';
import { parseAndi2Answers } from './andi2-answers.ts';

/** Segments of every track of a file; none for a track of which nothing was said. */
export interface SegmentTable {
  readonly source: string;
  /** By the id of the track, with that of its file before it where there are several. */
  readonly tracks: ReadonlyMap<string, readonly ScoredSegment[]>;
}

/** True for the text of a file that {@link parseSegments} reads: segments of tracks, not answers about whole tracks. */
export function isSegments(text: string): boolean {
  const first = text.slice(0, 1000).split(/\r?\n/)[0];
  return /(^|[,;\t])from[,;\t]to[,;\t]/.test(first) || /^\d+(\.0)?(,[^,]+){4}/.test(first);
}

/**
 * Reads segments: the CSV that `diffusion segment` writes (`track,from,to,state,D,alpha`, from and to being frames, both
 * included), or a file of the second AnDi challenge.
 *
 * Throws ReadError, with line and column, for a file that is neither, and for segments that leave frames out.
 *
 * @example
 * parseSegments('track,from,to,state,D,alpha\n0,0,49,free,1,0.9\n', 'segments.csv').tracks.get('0') // [{ to: 50, … }]
 */
export function parseSegments(text: string, source: string): SegmentTable {
  if (/^\s*[\d.]+,/.test(text)) {
    const rows = parseAndi2Answers(text, source);
    return { source, tracks: new Map(rows.map(({ track, segments }) => [`${track}`, segments])) };
  }
  const table = csvTable(text, source);
  const cells = columnsOf(table);
  const tracks = new Map<string, ScoredSegment[]>();
  const starts = new Map<string, number>();
  table.rows.forEach((_, i) => {
    const own = tracks.get(cells.keys[i]) ?? [];
    tracks.set(cells.keys[i], own);
    const [from, to] = [cells.from[i], cells.to[i]];
    // A track without an answer has a row without numbers.
    if (Number.isNaN(from) && Number.isNaN(to)) return;
    const start = starts.get(cells.keys[i]) ?? from;
    starts.set(cells.keys[i], start);
    const before = own.at(-1)?.to ?? 0;
    // Between two segments frames may be missing from the track: the change is where the second begins.
    if (own.length > 0) own[own.length - 1] = { ...own[own.length - 1], to: from - start };
    if (!(Number.isInteger(from) && to >= from && from - start >= before)) {
      throw new ReadError(`is from ${from} to ${to}: expected frames behind those before`, {
        source,
        line: table.lines[i],
        column: 'from',
      });
    }
    own.push({
      to: to - start + 1,
      alpha: cells.alpha[i],
      diffusion: cells.diffusion[i],
      state: cells.state[i],
    });
  });
  return { source, tracks };
}

function columnsOf(table: CsvTable) {
  const numbers = (name: string): Float64Array => {
    const found = numberCells(table, name);
    if (found) return found;
    throw new ReadError(
      `there is no column ${quote(name)}: expected track, from, to, state, D, alpha`,
      {
        source: table.source,
        line: 1,
      },
    );
  };
  const files = textCells(table, 'file');
  const ids = trackCells(table, ['track']);
  return {
    keys: ids.map((id, i) => (files ? `${files[i]}\n${id}` : id)),
    from: numbers('from'),
    to: numbers('to'),
    alpha: numbers('alpha'),
    diffusion: numbers('D'),
    state: textCells(table, 'state') ?? [],
  };
}
