import type { Column, NumericArray } from '../column.ts';
import { ReadError, TracksError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { type Dim, Tracks } from '../tracks.ts';
import type { FormatResult } from './format-result.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { parseJson } from './parse-json.ts';

/** What a JSON document of tracks calls itself, and the version that is written and read. */
export const JSON_FORMAT = 'diffusion-tracks';
export const JSON_VERSION = 1;

const TYPES = {
  Float64Array,
  Float32Array,
  Int32Array,
  Int16Array,
  Int8Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
};

/**
 * Reads the JSON document that the writer makes: the data model as it is, with every column (`keep` is for other
 * formats). A document is held in memory whole.
 */
export async function readJson(text: AsyncIterable<string>, source: string): Promise<FormatResult> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  let whole: string;
  try {
    whole = pieces.splice(0).join('');
  } catch {
    throw new ReadError('the document is too long for one string: use .csv or .npy', { source });
  }
  const document = parseJson(whole, source, 'a document of tracks');
  if (!isRecord(document) || document.format !== JSON_FORMAT) {
    throw new NotTracksError(
      `the JSON is no document of tracks: expected "format": "${JSON_FORMAT}"`,
      {
        source,
      },
    );
  }
  if (document.version !== JSON_VERSION) {
    throw new ReadError(`"version" is ${quote(document.version)}: expected ${JSON_VERSION}`, {
      source,
    });
  }
  return { tracks: toTracks(document, source), found: {} };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toTracks(document: Record<string, unknown>, source: string): Tracks {
  const fail = (column: string, message: string): never => {
    throw new ReadError(message, { source, column });
  };
  const array = (value: unknown, where: string): unknown[] =>
    Array.isArray(value) ? value : fail(where, `is ${quote(value)}: expected an array`);

  function numbers<A extends NumericArray>(
    value: unknown,
    where: string,
    type: new (length: number) => A,
    special: boolean,
  ): A {
    const list = array(value, where);
    const values = new type(list.length);
    list.forEach((item, i) => {
      const number = special && typeof item !== 'number' ? specialNumber(item) : item;
      const fits = typeof number === 'number' && (special || Number.isFinite(number));
      if (!fits) fail(where, `[${i}] is ${quote(item)}: expected a number`);
      values[i] = number as number;
      if (values[i] !== number && !Number.isNaN(number) && type.name !== 'Float32Array') {
        fail(where, `[${i}] is ${quote(item)}: expected a number that fits ${type.name}`);
      }
    });
    return values;
  }

  function column(value: unknown, where: string): Column {
    if (!isRecord(value)) return fail(where, `is ${quote(value)}: expected a column`);
    if (value.type === 'text') {
      const dictionary = array(value.dictionary, where);
      dictionary.forEach((word, i) => {
        if (typeof word !== 'string') {
          fail(where, `dictionary[${i}] is ${quote(word)}: expected a string`);
        }
      });
      const codes = numbers(value.codes, where, Uint32Array, false);
      codes.forEach((code, i) => {
        if (code >= dictionary.length) {
          fail(where, `codes[${i}] is ${code}: expected less than ${dictionary.length}`);
        }
      });
      return { codes, dictionary: dictionary as string[] };
    }
    const { type } = value;
    if (typeof type !== 'string' || !Object.hasOwn(TYPES, type)) {
      return fail(
        where,
        `has type ${quote(type)}: expected text or ${Object.keys(TYPES).join(', ')}`,
      );
    }
    const make = TYPES[type as keyof typeof TYPES] as new (length: number) => NumericArray;
    return numbers(value.values, where, make, type.startsWith('Float'));
  }

  function columns(where: 'pointColumns' | 'trackColumns'): Record<string, Column> {
    const value = document[where] ?? {};
    if (!isRecord(value)) return fail(where, `is ${quote(value)}: expected an object of columns`);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, column(item, `${where}.${name}`)]),
    );
  }

  const text = (key: string): string => {
    const value = document[key];
    return typeof value === 'string' ? value : fail(key, `is ${quote(value)}: expected a string`);
  };
  try {
    const frames = document.frames;
    return new Tracks({
      positions: numbers(document.positions, 'positions', Float64Array, false),
      offsets: numbers(document.offsets, 'offsets', Uint32Array, false),
      dim: document.dim as Dim,
      ...(frames !== undefined && { frames: increasing(frames) }),
      dt:
        typeof document.dt === 'number'
          ? document.dt
          : fail('dt', `is ${quote(document.dt)}: expected a number`),
      positionUnit: text('positionUnit'),
      timeUnit: text('timeUnit'),
      pointColumns: columns('pointColumns'),
      trackColumns: columns('trackColumns'),
    });
  } catch (error) {
    if (error instanceof TracksError && !(error instanceof ReadError)) {
      throw new ReadError(error.message, { source });
    }
    throw error;
  }

  function increasing(value: unknown): Int32Array {
    const frames = numbers(value, 'frames', Int32Array, false);
    const offsets = numbers(document.offsets, 'offsets', Uint32Array, false);
    for (let i = 0; i + 1 < offsets.length; i++) {
      for (let p = offsets[i] + 1; p < Math.min(offsets[i + 1], frames.length); p++) {
        if (frames[p] > frames[p - 1]) continue;
        fail(
          'frames',
          `[${p}] is ${frames[p]} after ${frames[p - 1]}: expected more, within a track`,
        );
      }
    }
    return frames;
  }
}

/** NaN is null, which JSON has; the infinities are strings. */
function specialNumber(value: unknown): unknown {
  if (value === null) return NaN;
  return value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value;
}
