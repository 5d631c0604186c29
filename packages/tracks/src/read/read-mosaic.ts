import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { assembleTracks } from './assemble-tracks.ts';
import { ColumnBuilder } from './column-builder.ts';
import type { FormatResult } from './format-result.ts';
import { LONGEST_HEADER } from './limits.ts';
import { frameProblem, NumberReader } from './numbers.ts';
import { pointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';

/** What a row of the report holds after the frame and the place: moments of the intensity, and the score. */
const FURTHER = ['m0', 'm1', 'm2', 'm3', 'm4', 'NPscore'] as const;

/**
 * Reads the text report of MOSAIC's Particle Tracker: lines with `%` are remarks, of which `%% Trajectory 7` begins a
 * track; the others are rows of numbers, frame, x, y, z and what {@link FURTHER} names, with blanks or commas between
 * them. Frames count from 0; positions are in pixels.
 */
export async function readMosaic(
  text: AsyncIterable<string>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const table = pointTable(source, 3);
  table.positionUnit = 'pixel';
  table.names = { track: 'Trajectory', frame: 'frame', time: 't' };
  const { keep = false } = options;
  const kept = FURTHER.map((name) => new ColumnBuilder(name, source)).filter(
    ({ name }) => keep === true || (keep !== false && keep.includes(name)),
  );
  for (const name of [...(typeof keep === 'object' ? keep : []), ...(options.perTrack ?? [])]) {
    if (kept.some((builder) => builder.name === name) && !options.perTrack?.includes(name))
      continue;
    throw new ReadError(`there is no such column to keep: there are ${FURTHER.join(', ')}`, {
      source,
      column: name,
    });
  }
  table.columns = kept;
  const number = new NumberReader();
  let line = 0;
  let width = 0;
  for await (const row of linesOf(text, source)) {
    line++;
    const trimmed = row.trim();
    if (trimmed === '') continue;
    if (trimmed[0] === '%') {
      const id = /^%%\s*Trajectory\s+(\S+)/i.exec(trimmed)?.[1];
      if (id !== undefined) table.ids.push(id);
      continue;
    }
    if (table.ids.length === 0) {
      throw new ReadError(`is ${quote(trimmed)}: expected a remark or %% Trajectory 1`, {
        source,
        line,
      });
    }
    const fields = trimmed.split(/[\s,;]+/).filter((field) => field !== '');
    width ||= fields.length;
    if (fields.length < 3 || fields.length !== width) {
      throw new ReadError(
        `the row has ${fields.length} fields: expected ${width < 3 ? 'frame, x, y and z' : width}`,
        { source, line },
      );
    }
    const frame = number.read(fields[0]);
    const problem = frameProblem(frame, fields[0]);
    if (problem !== undefined) throw new ReadError(problem, { source, line, column: 'frame' });
    table.frame!.push(frame);
    ['x', 'y', 'z'].forEach((name, axis) => {
      const value = axis + 1 < fields.length ? number.read(fields[axis + 1]) : 0;
      if (Number.isNaN(value)) {
        throw new ReadError(`is ${quote(fields[axis + 1])}: expected a number`, {
          source,
          line,
          column: name,
        });
      }
      table.axes[axis].push(value);
    });
    for (const builder of kept) {
      builder.push(fields[4 + FURTHER.indexOf(builder.name as 'm0')] ?? '', line);
    }
    table.track.push(table.ids.length - 1);
    table.line.push(line);
  }
  if (table.line.length === 0) {
    throw new ReadError(
      'there are no trajectories: expected %% Trajectory 1 and rows of numbers below it',
      { source },
    );
  }
  const { dt, duplicates } = options;
  const assembled = assembleTracks(table, { dt, duplicates, perTrack: new Set() });
  return { tracks: assembled.tracks, found: { duplicates: assembled.duplicates } };
}

/** Lines of a text that comes in pieces. */
async function* linesOf(text: AsyncIterable<string>, source: string): AsyncGenerator<string> {
  let tail = '';
  for await (const piece of text) {
    const lines = (tail + piece).split(/\r\n|\n|\r(?!$)/);
    tail = lines.pop()!;
    yield* lines;
    if (tail.length > LONGEST_HEADER) {
      throw new ReadError(`a line goes on for ${tail.length} characters: expected its end`, {
        source,
      });
    }
  }
  yield tail;
}
