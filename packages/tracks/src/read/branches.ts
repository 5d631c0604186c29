import type { PointOrder } from './order-points.ts';

/** Links between spots, each from an earlier frame to a later one, and the track that each belongs to. */
export interface Links {
  from: Uint32Array;
  to: Uint32Array;
  track: Uint32Array;
}

/** Unbranched tracks, as an order of spots; which track each was part of; and how many links had to be cut. */
export interface Branches {
  order: PointOrder & { order: Uint32Array };
  track: number[];
  cuts: number;
}

/**
 * Cuts tracks that split or merge into their unbranched branches: a link is cut when more than one link leaves the
 * spot it comes from (a split: the spot ends the mother's branch) or more than one arrives at the spot it goes to (a
 * merge: the spot begins the branch after it). Each spot is in one branch. Branches are in the order of their tracks,
 * and of their first spots in the file. A link of a spot to itself says that it is a track of one point.
 *
 * @param spots number of spots
 */
export function cutBranches(links: Links, spots: number): Branches {
  const { from, to, track } = links;
  const leaving = new Uint32Array(spots);
  const arriving = new Uint32Array(spots);
  for (let i = 0; i < from.length; i++) {
    if (from[i] === to[i]) continue;
    leaving[from[i]]++;
    arriving[to[i]]++;
  }
  const NONE = 0xffffffff;
  const next = new Uint32Array(spots).fill(NONE);
  const follows = new Uint8Array(spots);
  const trackOf = new Uint32Array(spots).fill(NONE);
  let cuts = 0;
  for (let i = 0; i < from.length; i++) {
    trackOf[from[i]] = track[i];
    trackOf[to[i]] = track[i];
    if (from[i] === to[i]) continue;
    if (leaving[from[i]] > 1 || arriving[to[i]] > 1) {
      cuts++;
    } else {
      next[from[i]] = to[i];
      follows[to[i]] = 1;
    }
  }
  const starts: number[] = [];
  let linked = 0;
  for (let spot = 0; spot < spots; spot++) {
    if (trackOf[spot] === NONE) continue;
    linked++;
    if (!follows[spot]) starts.push(spot);
  }
  starts.sort((a, b) => trackOf[a] - trackOf[b] || a - b);
  const order = new Uint32Array(linked);
  const offsets = new Uint32Array(starts.length + 1);
  let at = 0;
  starts.forEach((start, i) => {
    for (let spot = start; spot !== NONE; spot = next[spot]) order[at++] = spot;
    offsets[i + 1] = at;
  });
  return { order: { offsets, order }, track: starts.map((start) => trackOf[start]), cuts };
}
