import { type Column, textColumn } from '../column.ts';

/**
 * The id of a track as it is in a table, without blanks around it, and a whole number without the decimals that pandas
 * gives it: 7.0 is 7, in a table of tracks, of predictions and of labels alike.
 *
 * @example
 * trackId('7.0') // '7'
 */
export function trackId(text: string): string {
  const id = text.trim();
  return /^-?\d+\.0*$/.test(id) ? id.slice(0, id.indexOf('.')) : id;
}

/** Numbers where every id is one, written as numbers are; else text. */
export function idColumn(ids: readonly string[]): Column {
  const numeric = ids.every((id) => String(Number(id)) === id && Number.isFinite(Number(id)));
  return numeric ? Float64Array.from(ids, Number) : textColumn(ids);
}
