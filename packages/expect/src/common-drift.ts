import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { ExpectError } from './errors.ts';
import { sessionsOf } from './sessions.ts';

/** What the tracks of a file move in common. */
export interface CommonDrift {
  /** Whether it is there: `p` is below {@link DRIFT_LEVEL}. */
  readonly found: boolean;
  /** Share of sets of independent tracks that move as much in common; NaN where fewer than three are there together, or nobody knows when they were. */
  readonly p: number;
  /** Why it could not be looked for, in a line; absent where it was. */
  readonly reason?: string;
  /** Pairs of tracks with a step in the same frame. */
  readonly pairs: number;
  /** Frames over which the drift is taken to be constant; Infinity: over the whole file. */
  readonly window: number;
  /** Root mean square, per frame, in the unit of the positions, of what was removed; 0 where nothing was. */
  readonly speed: number;
  /** The same tracks without it; the tracks themselves where it is not found. */
  readonly tracks: Tracks;
}

/** Level at which a drift is believed. */
export const DRIFT_LEVEL = 0.01;

/** Frames of a window, the drift being constant in one. */
const WINDOWS = [1, 8, 64, Number.POSITIVE_INFINITY];
const FLIPS = 499;
const NO_TIME =
  'every track is of the frames 0, 1, 2, …: whether they were there at one time is not known';

/**
 * The drift that tracks have in common in the frames that they share, as a stage or a cell gives it to all of them, and the
 * tracks without it. Where tracks move independently of each other and none prefers a direction to its opposite, turning any of
 * them round changes nothing: so the products of what two tracks move in the same window, weighted by how little each
 * moves otherwise, are compared with those after random such turns, for windows of 1, 8 and 64 frames and for the whole file; the most
 * telling window is the one in which the drift is then estimated, as the weighted mean.
 * Tracks of different files (column `file`) share no frame. Without `frames`, as readers leave them where every track is of 0, 1, 2, … (it may have been
 * counted by itself, as simulated tracks are), nobody knows whether tracks were there at one time: none is looked for, and `reason` says so. Where they
 * were, give them: `new Tracks({ ...tracks.data, frames: framesOf(tracks) })`. What all particles do in common on their own, such as transport in one direction, looks the same.
 *
 * @example
 * const { found, speed, tracks: still } = commonDrift(tracks);
 */
export function commonDrift(tracks: Tracks, seed = 1): CommonDrift {
  checkTracks(tracks, ExpectError);
  const steps = stepsOf(tracks);
  const none = {
    found: false,
    p: Number.NaN,
    pairs: steps.pairs,
    window: Number.NaN,
    speed: 0,
    tracks,
  };
  if (!tracks.frames) return { ...none, reason: NO_TIME };
  if (steps.pairs === 0 || steps.together < 3) {
    return { ...none, reason: 'fewer than three tracks are there together' };
  }
  const random = keyedRandom(seed, 'expectation', 5);
  const tables = WINDOWS.map((window) => inWindows(steps, tracks, window));
  const signs = new Float64Array(tracks.count).fill(1);
  const own = tables.map((table) => products(table, signs, tracks.dim));
  const flipped = tables.map(() => new Float64Array(FLIPS));
  for (let f = 0; f < FLIPS; f++) {
    for (let i = 0; i < signs.length; i++) signs[i] = random.uniform() < 0.5 ? -1 : 1;
    tables.forEach((table, w) => {
      flipped[w][f] = products(table, signs, tracks.dim);
    });
  }
  const deviations = flipped.map(
    (values) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / FLIPS) || 1,
  );
  const scores = own.map((value, w) => value / deviations[w]);
  const best = scores.indexOf(Math.max(...scores));
  let larger = 0;
  for (let f = 0; f < FLIPS; f++) {
    if (flipped.some((values, w) => values[f] / deviations[w] >= scores[best])) larger++;
  }
  const p = (larger + 1) / (FLIPS + 1);
  const window = WINDOWS[best];
  if (!(p < DRIFT_LEVEL)) return { ...none, p, window };
  return {
    ...none,
    found: true,
    p,
    window,
    ...without(tracks, steps, window, tables[best], own[best]),
  };
}

/** All steps over one frame. */
interface Steps {
  readonly track: Uint32Array;
  readonly frame: Int32Array;
  /** steps × dim */
  readonly moves: Float64Array;
  /** What a track's steps count for: one over their mean square. */
  readonly weight: Float64Array;
  readonly session: Uint32Array;
  readonly pairs: number;
  /** Tracks that share a frame with another. */
  readonly together: number;
}

/** More than any file has frames: a session and a frame in one number. */
const FRAMES = 2 ** 33;
const keyOf = (session: number, frame: number): number => session * FRAMES + frame;

function stepsOf(tracks: Tracks): Steps {
  const { dim, frames, offsets, positions, count, pointCount } = tracks;
  const track = new Uint32Array(pointCount);
  const frame = new Int32Array(pointCount);
  const moves = new Float64Array(pointCount * dim);
  const weight = new Float64Array(count);
  const session = sessionsOf(tracks).of;
  const there = new Map<number, number>();
  let steps = 0;
  for (let i = 0; i < count; i++) {
    let [square, links] = [0, 0];
    for (let p = offsets[i] + 1; frames && p < offsets[i + 1]; p++) {
      if (frames[p] - frames[p - 1] !== 1) continue;
      track[steps] = i;
      frame[steps] = frames[p - 1];
      for (let d = 0; d < dim; d++) {
        const move = positions[p * dim + d] - positions[(p - 1) * dim + d];
        moves[steps * dim + d] = move;
        square += move * move;
      }
      const key = keyOf(session[i], frame[steps]);
      there.set(key, (there.get(key) ?? 0) + 1);
      links++;
      steps++;
    }
    weight[i] = square > 0 ? links / square : 0;
  }
  let pairs = 0;
  for (const here of there.values()) pairs += (here * (here - 1)) / 2;
  const together = new Set<number>();
  for (let s = 0; s < steps; s++) {
    if (there.get(keyOf(session[track[s]], frame[s])) !== 1) together.add(track[s]);
  }
  return {
    ...{ track: track.subarray(0, steps), frame: frame.subarray(0, steps), moves, weight },
    ...{ session, pairs, together: together.size },
  };
}

/** What each track moves in each window, times its weight. */
interface Table {
  readonly track: Uint32Array;
  /** Place of the window among those that have a step, and the places by their keys. */
  readonly window: Uint32Array;
  readonly places: ReadonlyMap<number, number>;
  /** entries × dim */
  readonly moves: Float64Array;
  /** Steps of the entry, times the weight. */
  readonly steps: Float64Array;
  /** Σ |moves|² */
  readonly self: number;
}

const windowOf = (frame: number, window: number): number =>
  window === Number.POSITIVE_INFINITY ? 0 : Math.floor(frame / window);

function inWindows(steps: Steps, { dim }: Tracks, window: number): Table {
  const places = new Map<number, number>();
  const most = steps.track.length;
  const track = new Uint32Array(most);
  const windows = new Uint32Array(most);
  const moves = new Float64Array(most * dim);
  const counts = new Float64Array(most);
  let entries = 0;
  for (let s = 0; s < most; s++) {
    const i = steps.track[s];
    const key = keyOf(steps.session[i], windowOf(steps.frame[s], window));
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    // Steps come track by track and in their order: those of one window are together.
    if (entries === 0 || track[entries - 1] !== i || windows[entries - 1] !== place) {
      track[entries] = i;
      windows[entries] = place;
      entries++;
    }
    const at = entries - 1;
    counts[at] += steps.weight[i];
    for (let d = 0; d < dim; d++) moves[at * dim + d] += steps.weight[i] * steps.moves[s * dim + d];
  }
  return {
    track: track.subarray(0, entries),
    window: windows.subarray(0, entries),
    places,
    moves: moves.subarray(0, entries * dim),
    steps: counts.subarray(0, entries),
    self: moves.reduce((sum, x) => sum + x * x, 0),
  };
}

/** Σ over windows and pairs of tracks of the product of their moves, each track's with its sign. */
function products(table: Table, signs: Float64Array, dim: number): number {
  const sums = new Float64Array(table.places.size * dim);
  for (let e = 0; e < table.track.length; e++) {
    const sign = signs[table.track[e]];
    for (let d = 0; d < dim; d++)
      sums[table.window[e] * dim + d] += sign * table.moves[e * dim + d];
  }
  let square = 0;
  for (const sum of sums) square += sum * sum;
  return square - table.self;
}

/**
 * The tracks less the drift. That of a window is estimated for each track from the others alone, so that nothing of its own
 * motion is taken off, and less of it the less they tell: the best linear prediction, for a variance of the drift that the products of
 * pairs give.
 *
 * @param table what the tracks move in the windows of that length, and `product` its {@link products}, no track turned.
 */
function without(
  tracks: Tracks,
  steps: Steps,
  window: number,
  table: Table,
  product: number,
): { readonly tracks: Tracks; readonly speed: number } {
  const { dim, offsets, frames, positions } = tracks;
  const windows = table.places.size;
  const sums = new Float64Array(windows * dim);
  const totals = new Float64Array(windows);
  let [ofPairs, squares] = [0, 0];
  const entry = new Map<number, number>();
  for (let e = 0; e < table.track.length; e++) {
    const w = table.window[e];
    entry.set(table.track[e] * windows + w, e);
    totals[w] += table.steps[e];
    squares += table.steps[e] ** 2;
    for (let d = 0; d < dim; d++) sums[w * dim + d] += table.moves[e * dim + d];
  }
  for (const total of totals) ofPairs += total * total;
  // Mean square of the drift per frame.
  const variance = Math.max(0, product / (ofPairs - squares));
  const still = Float64Array.from(positions);
  let [square, links] = [0, 0];
  const path = new Float64Array(dim);
  for (let i = 0; i < tracks.count; i++) {
    path.fill(0);
    for (let p = offsets[i] + 1; frames && p < offsets[i + 1]; p++) {
      for (let frame = frames[p - 1]; frame < frames[p]; frame++) {
        const w = table.places.get(keyOf(steps.session[i], windowOf(frame, window)));
        if (w === undefined) continue;
        const own = entry.get(i * windows + w);
        const others = totals[w] - (own === undefined ? 0 : table.steps[own]);
        for (let d = 0; d < dim; d++) {
          const sum = sums[w * dim + d] - (own === undefined ? 0 : table.moves[own * dim + d]);
          const move = (sum * variance) / (others * variance + 1);
          path[d] += move;
          square += move * move;
        }
      }
      links += frames[p] - frames[p - 1];
      for (let d = 0; d < dim; d++) still[p * dim + d] -= path[d];
    }
  }
  return {
    tracks: new Tracks({ ...tracks.data, positions: still }),
    speed: Math.sqrt(square / Math.max(1, links)),
  };
}
