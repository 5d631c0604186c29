import { constantsPlace, flush, ones, sigmoid, tanh } from './functions';
import { isPair, putPair, takeHigh, takeLow } from './lanes';
import { multiply } from './product';

// A whole sequence of an LSTM (Hochreiter & Schmidhuber 1997; gates in the order input, forget, cell, output), some samples
// at a time so that their state stays in the caches.

/** Samples that go through time together. */
const TOGETHER: i32 = 16;

/** Bytes of working memory that `lstm` needs; without `keep`, for the gates of the samples that go together, too. */
export function lstmScratch(steps: i32, units: i32, keep: bool): i32 {
  const state = TOGETHER * units * 6;
  return 16 + ((state + (keep ? 0 : TOGETHER * steps * units * 4)) << 2);
}

/**
 * h for every step, from zero state.
 *
 * @param x [batch, steps, inputs]
 * @param kernel packed [inputs, 4·units] with the bias in its headers; `recurrent` packed [units, 4·units]
 * @param h [batch, steps, units]
 * @param gates [batch, steps, 4·units] and `cells` [batch, steps, units] keep what the gradient needs, or 0
 */
export function lstm(
  x: usize,
  kernel: usize,
  recurrent: usize,
  batch: i32,
  steps: i32,
  inputs: i32,
  units: i32,
  h: usize,
  gates: usize,
  cells: usize,
  scratch: usize,
): void {
  const row = <usize>units << 2;
  const rows = row << 2;
  const state = scratch + 16;
  const cell = state + TOGETHER * row;
  const fromState = cell + TOGETHER * row;
  store<u32>(scratch, 0);
  const k = constantsPlace();
  for (let b = 0; b < batch; b += TOGETHER) {
    const count = min(TOGETHER, batch - b);
    const z = gates ? gates + <usize>(b * steps) * rows : fromState + TOGETHER * rows;
    const from = x + (<usize>(b * steps * inputs) << 2);
    multiply(from, inputs << 2, count * steps, inputs, kernel, units * 4, z, rows, scratch, false);
    memory.fill(state, 0, 2 * TOGETHER * row);
    for (let t = 0; t < steps; t++) {
      multiply(state, row, count, units, recurrent, units * 4, fromState, rows, scratch, false);
      for (let i = 0; i < count; i++) {
        const at = <usize>((b + i) * steps + t);
        step(
          z + <usize>(i * steps + t) * rows,
          fromState + <usize>i * rows,
          cell + <usize>i * row,
          state + <usize>i * row,
          h + at * row,
          cells ? cells + at * row : 0,
          units,
          k,
        );
      }
    }
  }
}

/** One sample's step: z becomes the gates' values, `cell` and `state` the new ones. */
@inline
function step(
  z: usize,
  fromState: usize,
  cell: usize,
  state: usize,
  h: usize,
  cells: usize,
  units: i32,
  k: usize,
): void {
  const row = <usize>units << 2;
  for (let u = 0; u < units; ) {
    const at = <usize>u << 2;
    const to = cells ? cells + at : 0;
    if (isPair(units - u)) {
      stepOf(true, 4, z + at, fromState + at, cell + at, state + at, h + at, to, row, k);
      u += 8;
    } else {
      const width = min(4, units - u);
      stepOf(false, width, z + at, fromState + at, cell + at, state + at, h + at, to, row, k);
      u += 4;
    }
  }
}

/** Of eight units, or of `width` where there is no pair. */
@inline
function stepOf(
  pair: bool,
  width: i32,
  z: usize,
  fromState: usize,
  cell: usize,
  state: usize,
  h: usize,
  cells: usize,
  row: usize,
  k: usize,
): void {
  const toG = 2 * row;
  const toO = 3 * row;
  const i = sigmoid(entering(pair, z, fromState, width), k);
  const i1 = pair ? sigmoid(enteringHigh(z, fromState), k) : i;
  const f = sigmoid(entering(pair, z + row, fromState + row, width), k);
  const f1 = pair ? sigmoid(enteringHigh(z + row, fromState + row), k) : f;
  const g = tanh(entering(pair, z + toG, fromState + toG, width), k);
  const g1 = pair ? tanh(enteringHigh(z + toG, fromState + toG), k) : g;
  const o = sigmoid(entering(pair, z + toO, fromState + toO, width), k);
  const o1 = pair ? sigmoid(enteringHigh(z + toO, fromState + toO), k) : o;
  const c = f32x4.add(f32x4.mul(f, takeLow(pair, cell, width)), f32x4.mul(i, g));
  const c1 = pair ? f32x4.add(f32x4.mul(f1, takeHigh(pair, cell)), f32x4.mul(i1, g1)) : c;
  const y = f32x4.mul(o, tanh(c, k));
  const y1 = pair ? f32x4.mul(o1, tanh(c1, k)) : y;
  putPair(pair, z, i, i1, width);
  putPair(pair, z + row, f, f1, width);
  putPair(pair, z + toG, g, g1, width);
  putPair(pair, z + toO, o, o1, width);
  putPair(pair, cell, c, c1, width);
  putPair(pair, state, y, y1, width);
  putPair(pair, h, y, y1, width);
  if (cells) putPair(pair, cells, c, c1, width);
}

/** What enters a gate. */
@inline
function entering(pair: bool, z: usize, fromState: usize, width: i32): v128 {
  return f32x4.add(takeLow(pair, z, width), takeLow(pair, fromState, width));
}

@inline
function enteringHigh(z: usize, fromState: usize): v128 {
  return f32x4.add(v128.load(z, 16), v128.load(fromState, 16));
}

/** Bytes of working memory that `lstmGradient` needs. */
export function lstmGradientScratch(units: i32): i32 {
  return 16 + ((TOGETHER * units * 6) << 2);
}

/**
 * The gradient by what enters the gates (before their activations), [batch, steps, 4·units], from that by h.
 *
 * @param dh [batch, steps, units]
 * @param recurrent packed transpose of the recurrent kernel, [4·units, units]
 */
export function lstmGradient(
  dh: usize,
  gates: usize,
  cells: usize,
  recurrent: usize,
  batch: i32,
  steps: i32,
  units: i32,
  dz: usize,
  scratch: usize,
): void {
  const row = <usize>units << 2;
  const rows = row << 2;
  const state = scratch + 16;
  const cell = state + TOGETHER * row;
  const compact = cell + TOGETHER * row;
  store<u32>(scratch, 0);
  const k = constantsPlace();
  for (let b = 0; b < batch; b += TOGETHER) {
    const count = min(TOGETHER, batch - b);
    memory.fill(state, 0, 2 * TOGETHER * row);
    for (let t = steps - 1; t >= 0; t--) {
      for (let i = 0; i < count; i++) {
        const at = <usize>((b + i) * steps + t);
        stepGradient(
          dh + at * row,
          gates + at * rows,
          cells + at * row,
          t ? cells + at * row - row : 0,
          state + <usize>i * row,
          cell + <usize>i * row,
          dz + at * rows,
          compact + <usize>i * rows,
          units,
          k,
        );
      }
      if (t) multiply(compact, rows, count, units * 4, recurrent, units, state, row, scratch, false);
    }
  }
}

/** One sample's step backwards; `state` and `cell` hold the gradients that come from the next step. */
@inline
function stepGradient(
  dh: usize,
  gates: usize,
  cells: usize,
  before: usize,
  state: usize,
  cell: usize,
  dz: usize,
  compact: usize,
  units: i32,
  k: usize,
): void {
  const row = <usize>units << 2;
  for (let u = 0; u < units; ) {
    const at = <usize>u << 2;
    if (isPair(units - u)) {
      if (before) backOf(true, 4, true, dh + at, gates + at, cells + at, before + at, state + at, cell + at, dz + at, compact + at, row, k);
      else backOf(true, 4, false, dh + at, gates + at, cells + at, 0, state + at, cell + at, dz + at, compact + at, row, k);
      u += 8;
    } else {
      const width = min(4, units - u);
      const previous = before ? before + at : 0;
      backOf(false, width, before !== 0, dh + at, gates + at, cells + at, previous, state + at, cell + at, dz + at, compact + at, row, k);
      u += 4;
    }
  }
}

/** Of eight units, or of `width` where there is no pair; at the first step nothing `hasBefore`. */
@inline
function backOf(
  pair: bool,
  width: i32,
  hasBefore: bool,
  dh: usize,
  gates: usize,
  cells: usize,
  before: usize,
  state: usize,
  cell: usize,
  dz: usize,
  compact: usize,
  row: usize,
  k: usize,
): void {
  const one = ones(k);
  const toG = 2 * row;
  const toO = 3 * row;
  const i = takeLow(pair, gates, width);
  const i1 = pair ? takeHigh(pair, gates) : i;
  const f = takeLow(pair, gates + row, width);
  const f1 = pair ? takeHigh(pair, gates + row) : f;
  const g = takeLow(pair, gates + toG, width);
  const g1 = pair ? takeHigh(pair, gates + toG) : g;
  const o = takeLow(pair, gates + toO, width);
  const o1 = pair ? takeHigh(pair, gates + toO) : o;
  const c = tanh(takeLow(pair, cells, width), k);
  const c1 = pair ? tanh(takeHigh(pair, cells), k) : c;
  const d = flush(f32x4.add(takeLow(pair, dh, width), takeLow(pair, state, width)), k);
  const d1 = pair ? flush(f32x4.add(takeHigh(pair, dh), takeHigh(pair, state)), k) : d;
  const through = f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(c, c)));
  const through1 = pair ? f32x4.mul(f32x4.mul(d1, o1), f32x4.sub(one, f32x4.mul(c1, c1))) : through;
  const dc = flush(f32x4.add(takeLow(pair, cell, width), through), k);
  const dc1 = pair ? flush(f32x4.add(takeHigh(pair, cell), through1), k) : dc;
  const previous = hasBefore ? takeLow(pair, before, width) : f32x4.splat(0);
  const previous1 = pair && hasBefore ? takeHigh(pair, before) : f32x4.splat(0);
  const di = flush(f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))), k);
  const di1 = pair ? flush(f32x4.mul(f32x4.mul(dc1, g1), f32x4.mul(i1, f32x4.sub(one, i1))), k) : di;
  const df = flush(f32x4.mul(f32x4.mul(dc, previous), f32x4.mul(f, f32x4.sub(one, f))), k);
  const df1 = pair ? flush(f32x4.mul(f32x4.mul(dc1, previous1), f32x4.mul(f1, f32x4.sub(one, f1))), k) : df;
  const dg = flush(f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))), k);
  const dg1 = pair ? flush(f32x4.mul(f32x4.mul(dc1, i1), f32x4.sub(one, f32x4.mul(g1, g1))), k) : dg;
  const dO = flush(f32x4.mul(f32x4.mul(d, c), f32x4.mul(o, f32x4.sub(one, o))), k);
  const dO1 = pair ? flush(f32x4.mul(f32x4.mul(d1, c1), f32x4.mul(o1, f32x4.sub(one, o1))), k) : dO;
  const kept = f32x4.mul(dc, f);
  const kept1 = pair ? f32x4.mul(dc1, f1) : kept;
  putPair(pair, cell, kept, kept1, width);
  putPair(pair, dz, di, di1, width);
  putPair(pair, dz + row, df, df1, width);
  putPair(pair, dz + toG, dg, dg1, width);
  putPair(pair, dz + toO, dO, dO1, width);
  putPair(pair, compact, di, di1, width);
  putPair(pair, compact + row, df, df1, width);
  putPair(pair, compact + toG, dg, dg1, width);
  putPair(pair, compact + toO, dO, dO1, width);
}
