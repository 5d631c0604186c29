import { takeRows } from '../column.ts';
import { Growable } from './growable.ts';
import { inFileOrder, type PointOrder } from './order-points.ts';

/** The points that are left when each track has one per frame, and which points each of them stands for. */
export interface Merged {
  offsets: Uint32Array;
  /** First point of every frame. */
  order: Uint32Array;
  /** Point i stands for the members[begins[i]] … members[begins[i + 1] − 1]. */
  members: Uint32Array;
  begins: Uint32Array;
}

/** The first place in the order where a track has a second point in one frame; −1 when there is none. */
export function findDuplicate({ offsets, order }: PointOrder, frames: Int32Array): number {
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      const same = order ? frames[order[p]] === frames[order[p - 1]] : frames[p] === frames[p - 1];
      if (same) return p;
    }
  }
  return -1;
}

/** Groups the points of each track that share a frame. */
export function mergeDuplicates({ offsets, order }: PointOrder, frames: Int32Array): Merged {
  const members = order ?? inFileOrder(frames.length);
  const first = new Growable(Uint32Array);
  const merged = new Uint32Array(offsets.length);
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      if (p === offsets[i] || frames[members[p]] !== frames[members[p - 1]]) first.push(p);
    }
    merged[i + 1] = first.length;
  }
  const kept = first.finish();
  const begins = new Uint32Array(kept.length + 1);
  begins.set(kept);
  begins[kept.length] = members.length;
  return {
    offsets: merged,
    order: takeRows(members, kept),
    members,
    begins,
  };
}

/** The mean over the points that each point stands for. */
export function meanOf(values: ArrayLike<number>, { members, begins }: Merged): Float64Array {
  const means = new Float64Array(begins.length - 1);
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let m = begins[i]; m < begins[i + 1]; m++) sum += values[members[m]];
    means[i] = sum / (begins[i + 1] - begins[i]);
  }
  return means;
}
