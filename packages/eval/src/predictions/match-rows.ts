import { ReadError } from '@diffusion/tracks';
import type { Noun } from './noun.ts';

/** What identifies the rows of a file. */
export interface Keyed {
  readonly source: string;
  readonly lines: readonly number[];
  readonly tracks: readonly string[];
  /** What they are of: absent for tracks. */
  readonly noun?: Noun;
  readonly files?: readonly string[];
}

/**
 * The row of the reference for each row of the predictions: the one with the same track (and file, where both name
 * files; where only one does, it may name but one).
 *
 * Throws ReadError when a track is twice in a file, or in one of them alone: the message has the first such line and
 * the number of all.
 *
 * @example
 * matchRows(parsePredictions(a), parseReference(b)) // Uint32Array [2, 0, 1]
 */
export function matchRows(predictions: Keyed, reference: Keyed): Uint32Array {
  const withFiles = predictions.files !== undefined && reference.files !== undefined;
  if (!withFiles) {
    oneFile(predictions, reference);
    oneFile(reference, predictions);
  }
  const problems: Problem[] = [];
  const places = index(reference, withFiles, problems);
  const mine = index(predictions, withFiles, problems);
  const rows = new Uint32Array(predictions.tracks.length);
  for (let i = 0; i < rows.length; i++) {
    const place = places.get(key(predictions, i, withFiles));
    if (place !== undefined) rows[i] = place;
    else {
      problems.push({
        kind: 'extra',
        of: predictions,
        row: i,
        text: `${name(predictions, i, withFiles)} is not in ${reference.source}`,
      });
    }
  }
  for (let i = 0; i < reference.tracks.length; i++) {
    if (mine.has(key(reference, i, withFiles))) continue;
    problems.push({
      kind: 'missing',
      of: reference,
      row: i,
      text: `${name(reference, i, withFiles)} has no row in ${predictions.source}`,
    });
  }
  if (problems.length > 0) throw report(problems);
  return rows;
}

interface Problem {
  kind: 'duplicate' | 'extra' | 'missing';
  of: Keyed;
  row: number;
  text: string;
}

function key(table: Keyed, i: number, withFiles: boolean): string {
  return withFiles ? `${table.files?.[i]}\n${table.tracks[i]}` : table.tracks[i];
}

function name(table: Keyed, i: number, withFiles: boolean): string {
  return `${table.noun ?? 'track'} ${table.tracks[i]}${withFiles ? ` of ${table.files?.[i]}` : ''}`;
}

function index(table: Keyed, withFiles: boolean, problems: Problem[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let i = 0; i < table.tracks.length; i++) {
    const id = key(table, i, withFiles);
    const before = places.get(id);
    if (before === undefined) places.set(id, i);
    else {
      problems.push({
        kind: 'duplicate',
        of: table,
        row: i,
        text: `${name(table, i, withFiles)} is there already, on line ${table.lines[before]}`,
      });
    }
  }
  return places;
}

function oneFile(table: Keyed, other: Keyed): void {
  const second = table.files?.findIndex((file) => file !== table.files?.[0]) ?? -1;
  if (second < 0) return;
  throw new ReadError(
    `is ${JSON.stringify(table.files?.[second])}, a second file: expected a column file in ${other.source} too`,
    { source: table.source, line: table.lines[second], column: 'file' },
  );
}

function report(problems: readonly Problem[]): ReadError {
  const [{ of, row, text }] = problems;
  const count = (kind: Problem['kind']) => problems.filter((one) => one.kind === kind).length;
  const all =
    problems.length === 1
      ? ''
      : ` (in all ${count('duplicate')} duplicate, ${count('extra')} extra, ${count('missing')} missing)`;
  return new ReadError(`${text}: expected each ${of.noun ?? 'track'} once in both files${all}`, {
    source: of.source,
    line: of.lines[row],
  });
}
