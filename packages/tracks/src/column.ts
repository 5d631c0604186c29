/** A typed array that can be a numeric column. */
export type NumericArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

/** A column of strings: `dictionary[codes[i]]` is row i. It costs four bytes a row and crosses to a worker as it is. */
export interface TextColumn {
  readonly codes: Uint32Array;
  readonly dictionary: readonly string[];
}

/** One named column: numbers, or strings as codes and a dictionary. */
export type Column = NumericArray | TextColumn;

/** Named columns, all of one length. */
export type Columns = Readonly<Record<string, Column>>;

/** True for a column of strings. */
export function isTextColumn(column: Column): column is TextColumn {
  return 'codes' in column;
}

/** Number of rows of a column. */
export function columnLength(column: Column): number {
  return isTextColumn(column) ? column.codes.length : column.length;
}

/**
 * A column of strings from plain strings; the dictionary is in order of first appearance.
 *
 * @example
 * textColumn(['ND', 'CD', 'ND']) // { codes: Uint32Array [0, 1, 0], dictionary: ['ND', 'CD'] }
 */
export function textColumn(values: ArrayLike<string>): TextColumn {
  const index = new Map<string, number>();
  const codes = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let code = index.get(values[i]);
    if (code === undefined) {
      code = index.size;
      index.set(values[i], code);
    }
    codes[i] = code;
  }
  return { codes, dictionary: [...index.keys()] };
}

/** Row i of a column. */
export function columnValue(column: Column, i: number): number | string {
  return isTextColumn(column) ? column.dictionary[column.codes[i]] : column[i];
}

/** The rows of a column at `rows`, in that order, as a new column of the same type. */
export function takeRows<C extends Column>(column: C, rows: ArrayLike<number>): C {
  if (isTextColumn(column)) {
    return { codes: takeRows(column.codes, rows), dictionary: column.dictionary } as unknown as C;
  }
  const source = column as NumericArray;
  const taken = new (source.constructor as new (n: number) => NumericArray)(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = source[rows[i]];
  return taken as C;
}
