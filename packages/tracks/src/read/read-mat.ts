import { type TextColumn, textColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { quoteAll } from '../quote-value.ts';
import { type ColumnTable, type Stated, tracksOfColumns } from './columns-to-tracks.ts';
import { isNameOf } from './csv-columns.ts';
import type { FormatResult } from './format-result.ts';
import { type MatValue, matVariables } from './mat-file.ts';
import { NotTracksError } from './not-tracks-error.ts';
import type { FileReport, ReadOptions } from './read-options.ts';
import { wholeBytes } from './whole-bytes.ts';

/** A table that was found in a file, and what is known of it. */
interface Found {
  table: ColumnTable;
  stated?: Stated;
  found?: Partial<FileReport>;
}

/**
 * Reads tracks of a MATLAB file of version 5 to 7, in one of these forms, which are looked for in this order:
 *
 * - u-track's `tracksFinal`: a struct array with `tracksCoordAmpCG` (segments × 8 per frame: x, y, z, amplitude, and
 *   their standard deviations) and `seqOfEvents`. Every segment of a compound track is a branch, with the id of its
 *   track; a frame of NaN is a gap; positions are in pixels.
 * - a struct with a field `x` (one struct for a table, or an array of one struct per track);
 * - variables of one length, of which one is `x`;
 * - a cell of matrices [t x y z], one per track (msdanalyzer);
 * - a matrix, whose columns are '1', '2', … for the option `columns`.
 *
 * The names of columns are those that a table of text may have.
 */
export async function readMat(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const variables = await matVariables(await wholeBytes(bytes), source, options.maxUnpacked);
  const { table, stated, found } =
    utrack(variables, source) ??
    structs(variables, source) ??
    vectors(variables) ??
    cells(variables, source) ??
    matrix(variables) ??
    nothing(variables, source);
  const read = tracksOfColumns(table, source, options, stated);
  return { tracks: read.tracks, found: { ...read.found, ...found } };
}

/** What a row of `tracksCoordAmpCG` has per frame. */
const UTRACK = ['x', 'y', 'z', 'A', 'x_err', 'y_err', 'z_err', 'dA'] as const;

function utrack(variables: ReadonlyMap<string, MatValue>, source: string): Found | undefined {
  for (const [name, value] of variables) {
    const coordinates = value.kind === 'struct' && value.fields.get('tracksCoordAmpCG');
    if (!coordinates) continue;
    const events = (value as MatValue & { kind: 'struct' }).fields.get('seqOfEvents') ?? [];
    const columns = UTRACK.map((): number[] => []);
    const frames: number[] = [];
    const ids: string[] = [];
    const offsets = [0];
    let cuts = 0;
    coordinates.forEach((matrix, i) => {
      const event = events[i];
      const column = `${name}(${i + 1})`;
      if (matrix.kind !== 'numbers') {
        throw new ReadError(
          `tracksCoordAmpCG is ${matrix.kind === 'other' ? matrix.what : `a ${matrix.kind}`}: expected a full matrix of numbers`,
          { source, column },
        );
      }
      const [segments, width] = matrix.shape;
      if (segments === 0 || width === 0) return;
      if (matrix.shape.length !== 2 || width % 8 !== 0) {
        throw new ReadError(
          `tracksCoordAmpCG is ${matrix.shape.join(' × ')}: expected 8 columns per frame`,
          { source, column },
        );
      }
      if (event?.kind !== 'numbers' || event.shape.length !== 2 || event.shape[1] !== 4) {
        throw new ReadError('seqOfEvents is missing: expected a matrix of 4 columns', {
          source,
          column,
        });
      }
      const rows = event.shape[0];
      let start = Infinity;
      for (let row = 0; row < rows; row++) {
        start = Math.min(start, event.values[row]);
        if (!Number.isNaN(event.values[3 * rows + row])) cuts++;
      }
      for (let segment = 0; segment < segments; segment++) {
        for (let frame = 0; frame < width / 8; frame++) {
          const at = (k: number) => matrix.values[(8 * frame + k) * segments + segment];
          if (Number.isNaN(at(0))) continue;
          for (let k = 0; k < 8; k++) columns[k].push(at(k));
          frames.push(start + frame);
        }
        if (frames.length === offsets.at(-1)) continue;
        offsets.push(frames.length);
        ids.push(String(i + 1));
      }
    });
    return {
      table: {
        names: [...UTRACK, 'frame'],
        columns: [...columns, frames].map((column) => Float64Array.from(column)),
      },
      stated: {
        positionUnit: 'pixel',
        links: { order: { offsets: Uint32Array.from(offsets), order: undefined }, ids },
      },
      found: { cuts },
    };
  }
  return undefined;
}

const isX = (name: string): boolean => /^(x|position_?x)$/i.test(name);

/** The numbers of a vector, or a text for every row; undefined for what has another length. */
function vectorOf(value: MatValue, length: number): number[] | Float64Array | string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'numbers') return undefined;
  if (value.values.length === length && isVector(value)) return value.values;
  return value.values.length === 1 ? new Float64Array(length).fill(value.values[0]) : undefined;
}

const isVector = ({ shape }: { shape: readonly number[] }): boolean =>
  shape.filter((n) => n !== 1).length <= 1;

function structs(variables: ReadonlyMap<string, MatValue>, source: string): Found | undefined {
  for (const [name, value] of variables) {
    if (value.kind !== 'struct') continue;
    const x = [...value.fields].find(([field]) => isX(field));
    if (!x) continue;
    const single = x[1].length === 1;
    const columns = new Map<string, (number | string)[]>();
    const track: number[] = [];
    x[1].forEach((first, i) => {
      if (first.kind !== 'numbers' || !isVector(first)) {
        throw new ReadError('is no vector of numbers: expected the x of every point', {
          source,
          column: `${name}(${i + 1}).${x[0]}`,
        });
      }
      const length = first.values.length;
      for (const [field, values] of value.fields) {
        const vector = vectorOf(values[i], length);
        const column = columns.get(field);
        // A field that is no column in one of the structs is none at all.
        if (vector === undefined || (!column && track.length > 0)) {
          columns.delete(field);
          continue;
        }
        const into = column ?? [];
        if (typeof vector === 'string') for (let p = 0; p < length; p++) into.push(vector);
        else for (const number of vector) into.push(number);
        columns.set(field, into);
      }
      for (let p = 0; p < length; p++) track.push(i + 1);
    });
    const names = [...columns.keys()];
    const made = names.map((field) => columnOf(columns.get(field)!));
    const given = names.some((field) => isNameOf('track', field));
    return {
      table:
        single || given
          ? { names, columns: made }
          : { names: ['track', ...names], columns: [Float64Array.from(track), ...made] },
    };
  }
  return undefined;
}

const columnOf = (values: readonly (number | string)[]): Float64Array | TextColumn =>
  values.some((value) => typeof value === 'string')
    ? textColumn(values.map(String))
    : Float64Array.from(values as number[]);

function vectors(variables: ReadonlyMap<string, MatValue>): Found | undefined {
  const x = [...variables].find(([name]) => isX(name))?.[1];
  if (x?.kind !== 'numbers' || !isVector(x)) return undefined;
  const names: string[] = [];
  const columns: Float64Array[] = [];
  for (const [name, value] of variables) {
    if (value.kind !== 'numbers' || value.values.length !== x.values.length) continue;
    names.push(name);
    columns.push(value.values);
  }
  return { table: { names, columns } };
}

function cells(variables: ReadonlyMap<string, MatValue>, source: string): Found | undefined {
  for (const [name, value] of variables) {
    if (value.kind !== 'cell' || value.values.length === 0) continue;
    const matrices = value.values.map((cell, i) => {
      if (cell.kind !== 'numbers' || cell.shape.length !== 2) return undefined;
      return { i, shape: cell.shape, values: cell.values };
    });
    const width = matrices[0]?.shape[1] ?? 0;
    if (matrices.some((matrix) => !matrix) || width < 2 || width > 4) continue;
    const columns = Array.from({ length: width + 1 }, (): number[] => []);
    for (const matrix of matrices) {
      const { i, shape, values } = matrix!;
      if (shape[1] !== width) {
        throw new ReadError(`is ${shape.join(' × ')}: expected ${width} columns, as in the first`, {
          source,
          column: `${name}{${i + 1}}`,
        });
      }
      for (let p = 0; p < shape[0]; p++) {
        columns[0].push(i + 1);
        for (let k = 0; k < width; k++) columns[k + 1].push(values[k * shape[0] + p]);
      }
    }
    return {
      table: {
        names: ['track', 't', 'x', 'y', 'z'].slice(0, width + 1),
        columns: columns.map((column) => Float64Array.from(column)),
      },
    };
  }
  return undefined;
}

function matrix(variables: ReadonlyMap<string, MatValue>): Found | undefined {
  for (const value of variables.values()) {
    if (value.kind !== 'numbers' || value.shape.length !== 2 || isVector(value)) continue;
    const [rows, width] = value.shape;
    // Rows are points: there is no file of so many columns.
    if (width > 64) continue;
    return {
      table: {
        names: Array.from({ length: width }, (_, k) => String(k + 1)),
        columns: Array.from({ length: width }, (_, k) =>
          value.values.slice(k * rows, (k + 1) * rows),
        ),
      },
    };
  }
  return undefined;
}

function nothing(variables: ReadonlyMap<string, MatValue>, source: string): never {
  const objects = [...variables.values()].some((value) => value.kind === 'other');
  throw new NotTracksError(
    `there are no tracks in the variables ${quoteAll([...variables.keys()])}: expected u-track's tracksFinal, a struct or ` +
      'variables with x, or a cell of [t x y]' +
      (objects ? "; of a table, table2struct(T, 'ToScalar', true)" : ''),
    { source },
  );
}
