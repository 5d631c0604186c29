/** Tables by key, the least recently used dropped when together they hold more than a number of values. */
export interface TableCache {
  /** The table of a key, made by `make` when it is not there. */
  get(key: string, make: () => Float64Array): Float64Array;
  /** Number of values held. */
  readonly held: number;
}

/** A cache of tables that holds at most `limit` values; one that is larger alone is not kept. */
export function tableCache(limit: number): TableCache {
  const tables = new Map<string, Float64Array>();
  let held = 0;
  return {
    get held() {
      return held;
    },
    get(key, make) {
      const found = tables.get(key);
      if (found) {
        tables.delete(key);
        tables.set(key, found);
        return found;
      }
      const made = make();
      if (made.length > limit) return made;
      tables.set(key, made);
      held += made.length;
      for (const [oldest, table] of tables) {
        if (held <= limit) break;
        tables.delete(oldest);
        held -= table.length;
      }
      return made;
    },
  };
}
