import { ReadError } from '../errors.ts';
import { quote, quoteAll } from '../quote-value.ts';
import { ColumnBuilder } from './column-builder.ts';
import { frameProblem, NumberReader } from './numbers.ts';
import type { PointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';
import { normalUnit } from './units.ts';

/** Takes over the interval between frames that a document states; 0 or nothing says that it is not known. */
export function stateInterval(table: PointTable, interval: string | undefined, unit: string): void {
  const value = new NumberReader().read(interval ?? '');
  if (!(value > 0)) return;
  table.dt = value;
  table.timeUnit = normalUnit(unit);
}

/** Reads the attributes of a spot into a table; every further attribute is a column that can be kept. */
export class SpotReader {
  readonly #table: PointTable;
  readonly #options: ReadOptions;
  readonly #used: readonly [frame: string, x: string, y: string, z: string];
  readonly #number = new NumberReader();
  readonly #kept: ColumnBuilder[] = [];
  #seen: string[] | undefined;

  constructor(
    table: PointTable,
    options: ReadOptions,
    used: readonly [frame: string, x: string, y: string, z: string],
  ) {
    this.#table = table;
    this.#options = options;
    this.#used = used;
    table.names = { track: 'track', frame: used[0], time: 'POSITION_T' };
  }

  read(attributes: Readonly<Record<string, string>>, line: number): void {
    const table = this.#table;
    if (!this.#seen) this.#chooseKept(Object.keys(attributes));
    const [frameName, ...axisNames] = this.#used;
    const frame = this.#value(attributes, frameName, line);
    const problem = frameProblem(frame, attributes[frameName]);
    if (problem !== undefined) {
      throw new ReadError(problem, { source: table.source, line, column: frameName });
    }
    table.frame!.push(frame);
    axisNames.forEach((name, axis) => {
      table.axes[axis].push(this.#value(attributes, name, line));
    });
    if (table.time) table.time.push(this.#value(attributes, table.names.time, line));
    table.line.push(line);
    for (const builder of this.#kept) builder.push(attributes[builder.name] ?? '', line);
  }

  /** A name to keep that the spots do not have is an error, as in a table. */
  checkKept(): void {
    const { keep, perTrack = [] } = this.#options;
    for (const name of [...(typeof keep === 'object' ? keep : []), ...perTrack]) {
      if (this.#table.columns.some((column) => column.name === name)) continue;
      throw new ReadError(`there is no such column to keep: there are ${quoteAll(this.#seen!)}`, {
        source: this.#table.source,
        column: name,
      });
    }
  }

  #value(attributes: Readonly<Record<string, string>>, name: string, line: number): number {
    const text = attributes[name];
    const value = text === undefined ? NaN : this.#number.read(text);
    if (!Number.isNaN(value)) return value;
    const what = text === undefined ? 'is missing' : `is ${quote(text)}`;
    throw new ReadError(`${what}: expected a number`, {
      source: this.#table.source,
      line,
      column: name,
    });
  }

  #chooseKept(names: string[]): void {
    this.#seen = names;
    const { keep = false, perTrack = [] } = this.#options;
    const used: readonly string[] = [...this.#used, this.#table.names.time];
    const chosen =
      keep === true ? names.filter((name) => !used.includes(name)) : keep === false ? [] : keep;
    for (const name of new Set([...chosen, ...perTrack])) {
      if (names.includes(name)) {
        this.#kept.push(new ColumnBuilder(name, this.#table.source));
      }
    }
    this.#table.columns = this.#kept;
  }
}
