import { ModelError } from '../errors.ts';
import type { Domain } from './domain.ts';

/**
 * What several networks have seen that share the lengths among them: from the shortest track to any length, since the
 * longest network judges all that is longer. A feature's range at lengths that none has seen is that of the next shorter
 * ones, which is the wider.
 *
 * Throws {@link ModelError} where they are of different dimensions.
 */
export function joinDomains(domains: readonly Domain[]): Domain {
  const [{ dim }] = domains;
  const other = domains.find((domain) => domain.dim !== dim);
  if (other) {
    throw new ModelError(`a network has seen ${other.dim}D tracks: expected ${dim}D as the first`);
  }
  const ranges = new Map<number, Domain['ranges'][number]>();
  for (const range of domains.flatMap((domain) => domain.ranges)) {
    const known = ranges.get(range.from);
    ranges.set(range.from, {
      ...range,
      low: known ? outermost(known.low, range.low, Math.min) : range.low,
      high: known ? outermost(known.high, range.high, Math.max) : range.high,
    });
  }
  const sorted = [...ranges.values()].sort((a, b) => a.from - b.from);
  const minLength = Math.min(...domains.map((domain) => domain.minLength));
  const motions = domains.map((domain) => domain.minMotion);
  return {
    dim,
    minLength,
    maxLength: Number.MAX_SAFE_INTEGER,
    maxMissing: Math.max(...domains.map((domain) => domain.maxMissing)),
    minMotion: motions.includes(null) ? null : Math.min(...(motions as number[])),
    ranges: sorted.map((range, i) => ({
      ...range,
      from: i === 0 ? Math.min(minLength, range.from) : range.from,
      to: sorted[i + 1]?.from ?? Number.MAX_SAFE_INTEGER,
    })),
  };
}

type Bounds = Readonly<Record<string, number>>;

function outermost(a: Bounds, b: Bounds, of: (x: number, y: number) => number): Bounds {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => [name, of(a[name] ?? b[name], b[name] ?? a[name])]),
  );
}
