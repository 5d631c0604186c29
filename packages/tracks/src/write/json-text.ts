import { type Column, type Columns, isTextColumn } from '../column.ts';
import { JSON_FORMAT, JSON_VERSION } from '../read/read-json.ts';
import type { Tracks } from '../tracks.ts';
import { numberText } from './text-blocks.ts';

/** Tracks as a JSON document of the data model, with every column, that reads back as the same bits. */
export function* jsonText(tracks: Tracks): Generator<string> {
  const { dim, dt, positionUnit, timeUnit, offsets, frames, positions } = tracks;
  const head = { format: JSON_FORMAT, version: JSON_VERSION, dim, dt, positionUnit, timeUnit };
  yield `${JSON.stringify(head).slice(0, -1)},\n"offsets":`;
  yield* numbers(offsets);
  if (frames) {
    yield ',\n"frames":';
    yield* numbers(frames);
  }
  yield ',\n"positions":';
  yield* numbers(positions);
  for (const name of ['pointColumns', 'trackColumns'] as const) {
    yield `,\n"${name}":`;
    yield* columnsText(tracks[name]);
  }
  yield '}\n';
}

function* numbers(values: ArrayLike<number>): Generator<string> {
  yield '[';
  for (let i = 0; i < values.length; i++) yield (i > 0 ? ',' : '') + jsonNumber(values[i]);
  yield ']';
}

/** JSON has no NaN, which is null here, and no infinities, which are strings. */
function jsonNumber(value: number): string {
  if (Number.isFinite(value)) return numberText(value);
  return Number.isNaN(value) ? 'null' : `"${value}"`;
}

function* columnsText(columns: Columns): Generator<string> {
  let before = '{';
  for (const [name, column] of Object.entries(columns)) {
    yield `${before}\n${JSON.stringify(name)}:`;
    yield* columnText(column);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* columnText(column: Column): Generator<string> {
  if (isTextColumn(column)) {
    yield `{"type":"text","dictionary":${JSON.stringify(column.dictionary)},"codes":`;
    yield* numbers(column.codes);
  } else {
    yield `{"type":"${column.constructor.name}","values":`;
    yield* numbers(column);
  }
  yield '}';
}
