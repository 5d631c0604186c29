import { type Column, textColumn } from '../column.ts';
import { ownString } from './column-builder.ts';

/** Numbers where every id is one, written as numbers are (7, or 7.0 as pandas does); else text. */
export function idColumn(ids: readonly string[]): Column {
  const numbers = ids.map((id) => (/^-?\d+\.0*$/.test(id) ? id.slice(0, id.indexOf('.')) : id));
  const numeric = numbers.every((id) => String(Number(id)) === id && Number.isFinite(Number(id)));
  return numeric && new Set(numbers).size === new Set(ids).size
    ? Float64Array.from(numbers, Number)
    : textColumn(ids.map(ownString));
}
