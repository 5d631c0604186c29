/** Points sorted by track and frame: track i has the points order[offsets[i]] … order[offsets[i + 1] − 1]. */
export interface PointOrder {
  offsets: Uint32Array;
  /** undefined when the points are in that order already. */
  order: Uint32Array | undefined;
}

/** 0, 1, 2, …: points as they came. */
export function inFileOrder(points: number): Uint32Array {
  const order = new Uint32Array(points);
  for (let p = 0; p < points; p++) order[p] = p;
  return order;
}

/** Groups points by track, in the order of the track numbers; points of one track keep their order. */
export function groupPoints(track: Uint32Array, count: number): PointOrder {
  const offsets = new Uint32Array(count + 1);
  let grouped = true;
  for (let p = 0; p < track.length; p++) {
    offsets[track[p] + 1]++;
    if (p > 0 && track[p] < track[p - 1]) grouped = false;
  }
  for (let i = 0; i < count; i++) offsets[i + 1] += offsets[i];
  if (grouped) return { offsets, order: undefined };
  const order = new Uint32Array(track.length);
  const next = offsets.slice();
  for (let p = 0; p < track.length; p++) order[next[track[p]]++] = p;
  return { offsets, order };
}

/** Sorts the points of each track by frame; points in one frame keep their order. */
export function sortByFrame({ offsets, order }: PointOrder, frames: Int32Array): PointOrder {
  let sorted = order;
  for (let i = 0; i + 1 < offsets.length; i++) {
    const from = offsets[i];
    const to = offsets[i + 1];
    for (let p = from + 1; p < to; p++) {
      const before = sorted ? frames[sorted[p - 1]] : frames[p - 1];
      if ((sorted ? frames[sorted[p]] : frames[p]) >= before) continue;
      sorted ??= inFileOrder(frames.length);
      sortRun(sorted.subarray(from, to), frames);
      break;
    }
  }
  return { offsets, order: sorted };
}

/** Least significant byte first: stable, and the same time whatever the order was. */
function sortRun(run: Uint32Array, keys: Int32Array): void {
  if (run.length <= 32) {
    for (let i = 1; i < run.length; i++) {
      const point = run[i];
      let j = i - 1;
      for (; j >= 0 && keys[run[j]] > keys[point]; j--) run[j + 1] = run[j];
      run[j + 1] = point;
    }
    return;
  }
  let from: Uint32Array = run;
  let to: Uint32Array = new Uint32Array(run.length);
  for (let shift = 0; shift < 32; shift += 8) {
    const next = new Uint32Array(257);
    // Flipping the sign bit puts negative frames first.
    for (const point of from) next[(((keys[point] ^ 0x80000000) >>> shift) & 255) + 1]++;
    for (let digit = 0; digit < 256; digit++) next[digit + 1] += next[digit];
    for (const point of from) to[next[((keys[point] ^ 0x80000000) >>> shift) & 255]++] = point;
    [from, to] = [to, from];
  }
}
