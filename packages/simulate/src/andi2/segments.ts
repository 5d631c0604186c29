import type { Tracks } from '@diffusion/tracks';

/** Frames of one state: points begin … end − 1 of a track. */
export interface Segment {
  readonly begin: number;
  readonly end: number;
  readonly alpha: number;
  readonly D: number;
  /** 0 immobile, 1 confined, 2 free, 3 directed. */
  readonly state: number;
}

/**
 * The segments of track i of an {@link andi2} set: a change point is the first point of every segment but the
 * first.
 *
 * @example
 * segmentsOf(tracks, 0).slice(1).map(({ begin }) => begin) // the change points of track 0
 */
export function segmentsOf(tracks: Tracks, i: number): Segment[] {
  const alpha = tracks.pointColumns.alpha as Float64Array;
  const D = tracks.pointColumns.D as Float64Array;
  const state = tracks.pointColumns.state as Uint8Array;
  const from = tracks.offsets[i];
  const segments: Segment[] = [];
  for (const [begin, end] of runsOf(alpha, D, state, from, tracks.offsets[i + 1])) {
    segments.push({
      begin: begin - from,
      end: end - from,
      alpha: alpha[begin],
      D: D[begin],
      state: state[begin],
    });
  }
  return segments;
}

/** First and last-but-one index of every run of equal labels. */
function runsOf(
  alpha: Float64Array,
  D: Float64Array,
  state: Uint8Array,
  from: number,
  to: number,
): [number, number][] {
  const runs: [number, number][] = [];
  for (let begin = from, k = from + 1; k <= to; k++) {
    const same =
      k < to && alpha[k] === alpha[begin] && D[k] === D[begin] && state[k] === state[begin];
    if (same) continue;
    runs.push([begin, k]);
    begin = k;
  }
  return runs;
}

/** Width of the majority filter, and length below which a segment is merged. */
const WINDOW = 5;
const SHORTEST = 3;

/**
 * The challenge's minimum-segment rule on the labels from … to − 1, in place: every label becomes the most
 * frequent one of the five around it (its own where that is a tie), then segments of fewer than 3 points join
 * the one before, the first joins the one behind.
 */
export function smoothLabels(
  alpha: Float64Array,
  D: Float64Array,
  state: Uint8Array,
  from: number,
  to: number,
): void {
  const runs = runsOf(alpha, D, state, from, to);
  if (runs.length < 2) return;
  // Labels as numbers: the index of the first run with the same label.
  const kinds: [number, number, number][] = [];
  const kindAt = new Int32Array(to - from);
  for (const [begin, end] of runs) {
    const label: [number, number, number] = [alpha[begin], D[begin], state[begin]];
    let kind = kinds.findIndex((other) => other.every((value, k) => value === label[k]));
    if (kind < 0) kind = kinds.push(label) - 1;
    kindAt.fill(kind, begin - from, end - from);
  }
  const smooth = mergeShort(majority(kindAt));
  for (let k = 0; k < smooth.length; k++) {
    [alpha[from + k], D[from + k], state[from + k]] = kinds[smooth[k]];
  }
}

function majority(kinds: Int32Array): Int32Array {
  return kinds.map((own, k) => {
    const window = kinds.subarray(Math.max(0, k - (WINDOW >> 1)), k + (WINDOW >> 1) + 1);
    const count = (kind: number): number =>
      window.reduce((n, other) => n + (other === kind ? 1 : 0), 0);
    let best = own;
    for (const kind of window) if (count(kind) > count(best)) best = kind;
    return best;
  });
}

function mergeShort(kinds: Int32Array): Int32Array {
  const out = kinds.slice();
  for (let begin = 0; begin < out.length; ) {
    let end = begin + 1;
    while (end < out.length && out[end] === out[begin]) end++;
    if (end - begin >= SHORTEST || (begin === 0 && end === out.length)) {
      begin = end;
      continue;
    }
    out.fill(begin > 0 ? out[begin - 1] : out[end], begin, end);
    // What was merged may have grown: look at the run again from where it begins.
    while (begin > 0 && out[begin - 1] === out[end - 1]) begin--;
  }
  return out;
}
