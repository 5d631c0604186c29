/** Tracks `from` … `to` − 1 of an epoch. */
export interface Shard {
  readonly from: number;
  readonly to: number;
}

/** The tracks `from` … `to` − 1 in `shards` parts whose sizes differ by one at most; in fewer where there are fewer tracks. */
export function cutBatch(from: number, to: number, shards: number): Shard[] {
  const count = Math.min(shards, to - from);
  const edge = (k: number) => from + Math.floor(((to - from) * k) / count);
  return Array.from({ length: count }, (_, k) => ({ from: edge(k), to: edge(k + 1) }));
}
