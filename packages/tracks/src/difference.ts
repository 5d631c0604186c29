import { type Column, isTextColumn } from './column.ts';
import type { Tracks } from './tracks.ts';

/**
 * What keeps two sets of tracks from being joined whatever their columns, in words: what it is in `other`, and what is
 * expected, which it is in `first`; undefined when nothing does.
 */
export function difference(first: Tracks, other: Tracks): string | undefined {
  if (first.dim !== other.dim) return differ('dim', first.dim, other.dim);
  if (Math.abs(first.dt - other.dt) > 1e-6 * first.dt) return differ('dt', first.dt, other.dt);
  for (const unit of ['timeUnit', 'positionUnit'] as const) {
    if (first[unit] !== other[unit]) return differ(unit, stated(first[unit]), stated(other[unit]));
  }
  return undefined;
}

/** The same of their columns, where both are to have the same ones. */
export function columnDifference(first: Tracks, other: Tracks): string | undefined {
  for (const where of ['pointColumns', 'trackColumns'] as const) {
    const [a, b] = [first[where], other[where]];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const types = [a, b].map((columns) =>
        Object.hasOwn(columns, name) ? typeOf(columns[name]) : 'missing',
      );
      if (types[0] !== types[1]) return differ(`${where}.${name}`, types[0], types[1]);
    }
  }
  return undefined;
}

const differ = (what: string, a: unknown, b: unknown): string => `${what} is ${b}: expected ${a}`;

const stated = (unit: string): string => (unit === '' ? 'not stated' : `'${unit}'`);

const typeOf = (column: Column): string =>
  isTextColumn(column) ? 'text' : column.constructor.name;
