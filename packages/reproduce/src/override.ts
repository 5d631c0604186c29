import type { RecipeJson } from './item.ts';

type Changes = { readonly [key: string]: unknown };

/**
 * A recipe with some of its fields changed: objects are gone into, everything else is put in place of what is there, and
 * `undefined` takes a field away.
 *
 * @example
 * override({ epochs: 30, data: { tracksPerEpoch: 14000, test: 3000 } }, { data: { tracksPerEpoch: 1000 } })
 * // { epochs: 30, data: { tracksPerEpoch: 1000, test: 3000 } }
 */
export function override(recipe: RecipeJson, ...changes: readonly Changes[]): RecipeJson {
  let changed: Record<string, unknown> = { ...recipe };
  for (const change of changes) {
    for (const [key, value] of Object.entries(change)) {
      const before = changed[key];
      if (value === undefined) {
        const { [key]: _, ...rest } = changed;
        changed = rest;
      } else changed[key] = isObject(before) && isObject(value) ? override(before, value) : value;
    }
  }
  return changed;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
