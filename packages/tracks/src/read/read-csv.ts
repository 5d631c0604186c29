import { csvRows } from '../csv/csv-parser.ts';
import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { assembleTracks } from './assemble-tracks.ts';
import { ColumnBuilder, ownString } from './column-builder.ts';
import { type TableColumns, tableColumns } from './csv-columns.ts';
import type { FormatResult } from './format-result.ts';
import { Growable } from './growable.ts';
import { trackId } from './id-column.ts';
import { keptPlaces, scaledColumn } from './kept-columns.ts';
import { frameProblem, NumberReader } from './numbers.ts';
import { type PointTable, pointTable } from './point-table.ts';
import type { FileReport, ReadOptions } from './read-options.ts';
import { normalUnit } from './units.ts';

/**
 * Reads a table with one row per point.
 *
 * Without a column of track ids the table is one track. Without a column of frames they come from the times, or else
 * from the rows: the n-th row of a track is frame n − 1; in a table that is one track, an empty line between rows is a
 * frame without a point (so digitisers write a lost animal). Elsewhere empty lines are passed over.
 */
export async function readCsv(
  text: AsyncIterable<string>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const reader = new TableReader(source, options);
  for await (const block of csvRows(text, source)) {
    let line = block.line;
    for (let i = 0; i < block.rows.length; i++) {
      reader.row(block.rows[i], line);
      line += 1 + (block.extraLines?.[i] ?? 0);
    }
  }
  return reader.finish();
}

/** One coordinate, time or frame column on its way into the table. */
interface NumberColumn {
  index: number;
  name: string;
  into: Growable<Float64Array>;
}

class TableReader {
  readonly #source: string;
  readonly #options: ReadOptions;
  readonly #number = new NumberReader();
  #header: string[] | undefined;
  #columns!: TableColumns;
  #table!: PointTable;
  #numbers: NumberColumn[] = [];
  #kept: { index: number; builder: ColumnBuilder }[] = [];
  #perTrack = new Set<string>();
  /** The rows 2 to 4 of a TrackMate table, until it is known whether they are its long names, short names and units. */
  #held: { row: string[]; line: number }[] | undefined;
  readonly #codes = new Map<string, number>();
  #lastId: string | undefined;
  #lastCode = 0;
  /** Where frames come from the rows: the next frame of each track. */
  readonly #nextFrame: number[] = [];
  #outside = 0;
  #blank = 0;

  constructor(source: string, options: ReadOptions) {
    this.#source = source;
    this.#options = options;
  }

  row(row: string[], line: number): void {
    if (row.length === 1 && row[0].trim() === '') {
      this.#blank++;
      return;
    }
    if (!this.#header) {
      if (isTitle(row)) return;
      const numbers = row.every((field) => !Number.isNaN(new NumberReader().read(field)));
      this.#begin(numbers ? row.map((_, i) => `${i + 1}`) : row, line);
      if (!numbers) return;
    }
    this.#checkWidth(row, line);
    if (this.#held) this.#hold(row, line);
    else this.#point(row, line);
    this.#blank = 0;
  }

  finish(): FormatResult {
    this.#release();
    if (!this.#header || this.#table.line.length === 0) {
      const message =
        this.#outside > 0 ? 'no spot is in a track' : 'there is no row below the header';
      throw new ReadError(`${message}: expected at least one point of a track`, {
        source: this.#source,
      });
    }
    const { dt, duplicates } = this.#options;
    const assembled = assembleTracks(this.#table, { dt, duplicates, perTrack: this.#perTrack });
    const found: Partial<FileReport> = {
      spotsOutsideTracks: this.#outside,
      duplicates: assembled.duplicates,
    };
    return { tracks: assembled.tracks, found };
  }

  #begin(header: string[], line: number): void {
    const source = this.#source;
    const { columns: chosen = {} } = this.#options;
    this.#header = header;
    this.#columns = tableColumns(header, chosen, source, line);
    const { roles, positionUnit, timeUnit, dt } = this.#columns;
    const axes = ([roles.x, roles.y, roles.z] as const).filter((i) => i !== undefined);
    const table = pointTable(source, axes.length);
    this.#table = Object.assign(table, { positionUnit, timeUnit, dt });
    table.names = {
      track: roles.track === undefined ? undefined : header[roles.track],
      frame: header[roles.frame ?? -1] ?? 'frame',
      time: header[roles.t ?? -1] ?? 't',
    };
    this.#numbers = axes.map((index, axis) => ({
      index,
      name: header[index],
      into: table.axes[axis],
    }));
    const framesFromTime = roles.frame === undefined && roles.t !== undefined;
    if (framesFromTime) table.frame = undefined;
    if (framesFromTime || (roles.t !== undefined && this.#options.dt === undefined && !dt)) {
      table.time = new Growable(Float64Array);
      this.#numbers.push({ index: roles.t!, name: header[roles.t!], into: table.time });
    }
    this.#chooseKept(line);
    if (/^position_x/i.test(header[roles.x!])) this.#held = [];
  }

  #chooseKept(line: number): void {
    const source = this.#source;
    for (const place of keptPlaces(this.#header!, this.#columns, this.#options, source, line)) {
      const { index, name, perTrack, factor } = place;
      if (perTrack) this.#perTrack.add(name);
      const builder = new ColumnBuilder(name, source);
      this.#kept.push({ index, builder });
      this.#table.columns.push(
        factor === 1 ? builder : { name, finish: () => scaledColumn(builder.finish(), factor) },
      );
    }
  }

  #checkWidth(row: string[], line: number): void {
    const width = this.#header!.length;
    if (row.length === width) return;
    if (row.length > width && row.slice(width).every((field) => field.trim() === '')) return;
    const fields = row.length === 1 ? '1 field' : `${row.length} fields`;
    throw new ReadError(`the row has ${fields}: expected ${width}, as in the header`, {
      source: this.#source,
      line,
    });
  }

  /** TrackMate writes three more header rows, of which the last has units in brackets; some tools drop them. */
  #hold(row: string[], line: number): void {
    const held = this.#held!;
    held.push({ row, line });
    if (held.length < 3 && isWords(row)) return;
    const { x } = this.#columns.roles;
    const unit = row[x!].trim();
    if (held.length < 3 || !(isWords(row) && (unit === '' || /^\(.*\)$/.test(unit)))) {
      this.#release();
      return;
    }
    this.#held = undefined;
    const { t } = this.#columns.roles;
    this.#table.positionUnit = normalUnit(unit);
    if (t !== undefined) this.#table.timeUnit = normalUnit(row[t]);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { row, line } of held) this.#point(row, line);
  }

  #point(row: string[], line: number): void {
    const table = this.#table;
    const { unitColumn } = this.#columns;
    if (unitColumn !== undefined && table.positionUnit === '') {
      table.positionUnit = normalUnit(row[unitColumn]);
    }
    const { track, frame } = this.#columns.roles;
    const outside = track !== undefined && this.#isOutside(row[track]);
    for (const { index, name, into } of this.#numbers) {
      const value = this.#number.read(row[index]);
      if (Number.isNaN(value)) this.#notANumber(row[index], line, name);
      if (!outside) into.push(value);
    }
    if (outside) {
      this.#outside++;
      return;
    }
    const code = track === undefined ? this.#onlyTrack() : this.#trackOf(row[track], line);
    if (frame !== undefined) {
      const value = this.#number.read(row[frame]);
      const problem = frameProblem(value, row[frame]);
      if (problem !== undefined) {
        throw new ReadError(problem, { source: this.#source, line, column: table.names.frame });
      }
      table.frame!.push(value);
    } else if (table.frame) {
      // An empty line before the first row is no frame.
      const blank = track === undefined && table.line.length > 0 ? this.#blank : 0;
      const next = (this.#nextFrame[code] ?? 0) + blank;
      this.#nextFrame[code] = next + 1;
      table.frame.push(next);
    }
    table.track.push(code);
    table.line.push(line);
    for (const { index, builder } of this.#kept) builder.push(row[index], line);
  }

  /** A spot that TrackMate put in no track: it has no TRACK_ID, which older versions write as None; or Imaris in none. */
  #isOutside(id: string): boolean {
    if (id.length > 4 || id === this.#lastId) return false;
    return /^(none|nan|null)?$/i.test(id.trim()) && this.#columns.outsideIsEmpty;
  }

  #notANumber(text: string, line: number, column: string): never {
    throw new ReadError(`is ${text.trim() === '' ? 'empty' : quote(text)}: expected a number`, {
      source: this.#source,
      line,
      column,
    });
  }

  #onlyTrack(): number {
    if (this.#table.ids.length === 0) this.#table.ids.push('0');
    return 0;
  }

  #trackOf(id: string, line: number): number {
    if (id === this.#lastId) return this.#lastCode;
    let code = this.#codes.get(id);
    if (code === undefined) {
      if (id.trim() === '') {
        throw new ReadError('is empty: expected a track id', {
          source: this.#source,
          line,
          column: this.#table.names.track,
        });
      }
      code = this.#codeOf(trackId(id));
      // 7.0 is looked up once.
      if (this.#table.ids[code] !== id) this.#codes.set(ownString(id), code);
    }
    this.#lastId = id;
    this.#lastCode = code;
    return code;
  }

  /** The code of an id as it is kept, a new one where it is new. */
  #codeOf(id: string): number {
    const known = this.#codes.get(id);
    if (known !== undefined) return known;
    const code = this.#table.ids.length;
    const own = ownString(id);
    this.#codes.set(own, code);
    this.#table.ids.push(own);
    return code;
  }
}

/** A row before the header as Imaris has two: what the table is of, and a rule below it. */
const isTitle = (row: readonly string[]): boolean =>
  /^(position|=+)$/i.test(row[0].trim()) && row.slice(1).every((field) => field.trim() === '');

/** A row of names or units: nothing in it is a number. */
function isWords(row: readonly string[]): boolean {
  return row.every((field) => field.trim() === '' || Number.isNaN(new NumberReader().read(field)));
}
