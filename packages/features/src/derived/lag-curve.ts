import { derived, type TrackContext, ZERO } from '../context.ts';
import { correlatedSquares } from './correlated-squares.ts';

/** Mean squared displacement against the lag. Lags that no pair of points has are absent: they are not zeros. */
export interface LagCurve {
  /** Lags in frames, rising. */
  readonly lags: Float64Array;
  /** Mean squared displacement at each of them. */
  readonly values: Float64Array;
  /** Pairs of points that each is the mean of. */
  readonly pairs: Float64Array;
  /** How many entries are filled. */
  count: number;
  /** Largest lag asked for so far. */
  reach: number;
}

/** The default number of lags of a track: min(N − 1, max(4, ⌊N/10⌋) − 1), N its frames from first to last. */
export function defaultLags({ span }: TrackContext): number {
  return Math.min(span - 1, Math.max(4, Math.floor(span / 10)) - 1);
}

/** Number of entries of a curve whose lag is at most `lag`. */
export function entriesUpTo({ lags, count }: LagCurve, lag: number): number {
  let entries = Math.min(count, lag);
  while (entries > 0 && lags[entries - 1] > lag) entries--;
  return entries;
}

const stored = derived((context) => ({ curve: emptyCurve(context) }));

/** The mean squared displacements of a track at lags 1 … `lag`, over all pairs of points exactly that far apart. */
export function lagCurve(context: TrackContext, lag: number): LagCurve {
  const store = stored(context);
  const last = Math.min(lag, context.span - 1);
  if (last > store.curve.reach) {
    if (context.frames) {
      const reach = Math.min(context.span - 1, Math.max(last, 2 * store.curve.reach));
      store.curve = gappedCurve(context, context.frames, reach);
    } else extend(context, store.curve, last);
  }
  return store.curve;
}

function emptyCurve({ length }: TrackContext): LagCurve {
  const lags = new Float64Array(length - 1);
  const pairs = new Float64Array(length - 1);
  for (let k = 1; k < length; k++) {
    lags[k - 1] = k;
    pairs[k - 1] = length - k;
  }
  return { lags, pairs, values: new Float64Array(length - 1), count: 0, reach: 0 };
}

/** Fewer multiplications than this are faster without a Fourier transform. */
const DIRECT = 1 << 19;
/** Lags that are always summed directly: over short lags the Fourier way loses digits. */
const SHORT = 64;

function extend(context: TrackContext, curve: LagCurve, last: number): void {
  const { length } = context;
  const direct = (last - curve.reach) * (length - (last + curve.reach) / 2) > DIRECT ? SHORT : last;
  for (let k = curve.reach + 1; k <= direct; k++) curve.values[k - 1] = meanSquare(context, k);
  if (direct < last) {
    const squares = correlatedSquares(context, last);
    const floor = 1e-9 * context.extent ** 2;
    for (let k = Math.max(direct, curve.reach) + 1; k <= last; k++) {
      const value = squares[k] / (length - k);
      curve.values[k - 1] = value > floor ? value : meanSquare(context, k);
    }
  }
  curve.count = last;
  curve.reach = last;
}

/** m(k) of a track without gaps. Two sums, since each addition waits for the one before. */
function meanSquare({ axes, length }: TrackContext, k: number): number {
  let even = 0;
  let odd = 0;
  for (let a = 0; a < axes.length; a++) {
    const x = axes[a];
    let i = k;
    for (; i + 1 < length; i += 2) {
      const d = x[i] - x[i - k];
      const e = x[i + 1] - x[i + 1 - k];
      even += d * d;
      odd += e * e;
    }
    if (i < length) even += (x[i] - x[i - k]) ** 2;
  }
  return (even + odd) / (length - k);
}

/** Beyond this many lags the sums are kept in a map: a track may have few points in billions of frames. */
const DENSE = 1 << 20;

/** Sums of squared displacements and numbers of pairs by lag. */
interface Sums {
  add(lag: number, square: number): void;
  /** Lags that have pairs, rising, with their sums. */
  entries(): { readonly lag: number; readonly sum: number; readonly pairs: number }[];
}

function denseSums(last: number): Sums {
  const sums = new Float64Array(last + 1);
  const pairs = new Int32Array(last + 1);
  return {
    add(lag, square) {
      sums[lag] += square;
      pairs[lag]++;
    },
    entries: () =>
      Array.from(pairs.keys())
        .filter((lag) => pairs[lag] > 0)
        .map((lag) => ({ lag, sum: sums[lag], pairs: pairs[lag] })),
  };
}

function sparseSums(): Sums {
  const sums = new Map<number, { lag: number; sum: number; pairs: number }>();
  return {
    add(lag, square) {
      const entry = sums.get(lag);
      if (entry) {
        entry.sum += square;
        entry.pairs++;
      } else sums.set(lag, { lag, sum: square, pairs: 1 });
    },
    entries: () => [...sums.values()].sort((a, b) => a.lag - b.lag),
  };
}

function gappedCurve({ axes, length }: TrackContext, frames: Int32Array, last: number): LagCurve {
  const sums = last <= DENSE ? denseSums(last) : sparseSums();
  for (let i = 0; i < length; i++) {
    for (let j = i + 1; j < length && frames[j] - frames[i] <= last; j++) {
      let square = 0;
      for (let a = 0; a < axes.length; a++) square += (axes[a][j] - axes[a][i]) ** 2;
      sums.add(frames[j] - frames[i], square);
    }
  }
  const entries = sums.entries();
  return {
    lags: Float64Array.from(entries, ({ lag }) => lag),
    pairs: Float64Array.from(entries, ({ pairs }) => pairs),
    values: Float64Array.from(entries, ({ sum, pairs }) => sum / pairs),
    count: entries.length,
    reach: last,
  };
}

/** True when a mean squared displacement is zero but for rounding. */
export function vanishes({ extent }: TrackContext, square: number): boolean {
  return square <= (ZERO * extent) ** 2;
}
