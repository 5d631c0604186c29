import {
  type Column,
  type Columns,
  isTextColumn,
  type NumericArray,
  textColumn,
} from './column.ts';
import { TracksError } from './errors.ts';

/** A column as a program may have it: typed already, or plain numbers or strings, which are copied. */
export type ColumnInit = Column | readonly number[] | readonly string[];

const KINDS = {
  Float64Array: {
    make: Float64Array,
    holds: () => true,
    expected: 'a number',
  },
  Int32Array: {
    make: Int32Array,
    holds: (value: number) => (value | 0) === value,
    expected: 'an integer from −2³¹ to 2³¹ − 1',
  },
  Uint32Array: {
    make: Uint32Array,
    holds: (value: number) => value >>> 0 === value,
    expected: 'an integer from 0 to 2³² − 1',
  },
} as const;

interface ArrayOf {
  Float64Array: Float64Array;
  Int32Array: Int32Array;
  Uint32Array: Uint32Array;
}

/** The name of a typed array's type, in whatever frame or thread it was made; undefined for anything else. */
const typeOf = (value: unknown): string | undefined =>
  ArrayBuffer.isView(value)
    ? (value as unknown as { [Symbol.toStringTag]?: string })[Symbol.toStringTag]
    : undefined;

/**
 * Numbers as a typed array of the type that is asked for: itself if it is one, a copy of plain numbers or of a typed
 * array of another type.
 *
 * @throws {@link TracksError} for anything else, and for a number that the type cannot hold
 */
export function typedArray<Kind extends keyof ArrayOf>(
  name: string,
  value: ArrayLike<number>,
  kind: Kind,
): ArrayOf[Kind] {
  const type = typeOf(value);
  if (type === kind) return value as ArrayOf[Kind];
  if (!Array.isArray(value) && (type === undefined || type === 'DataView' || /^Big/.test(type))) {
    throw new TracksError(`${name} is ${shown(value)}: expected a ${kind} or a list of numbers`);
  }
  const { make, holds, expected } = KINDS[kind];
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== 'number' || !holds(value[i])) {
      throw new TracksError(`${name}[${i}] is ${shown(value[i])}: expected ${expected}`);
    }
  }
  return make.from(value) as ArrayOf[Kind];
}

/** Columns with plain numbers as a Float64Array and plain strings as codes and a dictionary; typed ones are themselves. */
export function typedColumns(
  where: string,
  columns: Readonly<Record<string, ColumnInit>>,
): Columns {
  if (typeof columns !== 'object' || columns === null) {
    throw new TracksError(`${where} is ${shown(columns)}: expected an object of columns`);
  }
  if (Object.values(columns).every(isTyped)) return columns as Columns;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      typedColumn(`${where}.${name}`, column),
    ]),
  );
}

function isTyped(column: ColumnInit): column is Column {
  if (typeof column !== 'object' || column === null) return false;
  return isNumeric(column) || isTextColumn(column as Column);
}

function isNumeric(column: unknown): column is NumericArray {
  return /^(Float64|Float32|Int32|Int16|Int8|Uint32|Uint16|Uint8)Array$/.test(typeOf(column) ?? '');
}

function typedColumn(name: string, column: ColumnInit): Column {
  if (isTyped(column)) return column;
  if (
    Array.isArray(column) &&
    column.length > 0 &&
    column.every((row) => typeof row === 'string')
  ) {
    return textColumn(column);
  }
  if (Array.isArray(column)) return typedArray(name, column as readonly number[], 'Float64Array');
  throw new TracksError(
    `${name} is ${shown(column)}: expected a typed array, textColumn(…), or a list of numbers or strings`,
  );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`;
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return `a ${typeOf(value) ?? 'view'}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
