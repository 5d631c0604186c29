import { sigmoid, tanh } from './functions';
import { put, take } from './lanes';
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
): void {
  const row = <usize>units << 2;
  for (let u = 0; u < units; u += 4) {
    const width = min(4, units - u);
    const at = <usize>u << 2;
    const toF = at + row;
    const toG = toF + row;
    const toO = toG + row;
    const i = sigmoid(f32x4.add(take(z + at, width), take(fromState + at, width)));
    const f = sigmoid(f32x4.add(take(z + toF, width), take(fromState + toF, width)));
    const g = tanh(f32x4.add(take(z + toG, width), take(fromState + toG, width)));
    const o = sigmoid(f32x4.add(take(z + toO, width), take(fromState + toO, width)));
    const c = f32x4.add(f32x4.mul(f, take(cell + at, width)), f32x4.mul(i, g));
    const y = f32x4.mul(o, tanh(c));
    put(z + at, i, width);
    put(z + toF, f, width);
    put(z + toG, g, width);
    put(z + toO, o, width);
    put(cell + at, c, width);
    put(state + at, y, width);
    put(h + at, y, width);
    if (cells) put(cells + at, c, width);
  }
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
        );
      }
      if (t) multiply(compact, rows, count, units * 4, recurrent, units, state, row, scratch, false);
    }
  }
}

/**
 * x, or 0 where |x| is below 1e-24. A gradient halves with every step into the past: without this it ends in the
 * denormal numbers, on which a processor is up to a hundred times slower, and which no sum of gradients would notice.
 */
@inline
function flush(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-24)));
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
): void {
  const row = <usize>units << 2;
  const one = f32x4.splat(1);
  for (let u = 0; u < units; u += 4) {
    const width = min(4, units - u);
    const at = <usize>u << 2;
    const toF = at + row;
    const toG = toF + row;
    const toO = toG + row;
    const i = take(gates + at, width);
    const f = take(gates + toF, width);
    const g = take(gates + toG, width);
    const o = take(gates + toO, width);
    const c = tanh(take(cells + at, width));
    const d = flush(f32x4.add(take(dh + at, width), take(state + at, width)));
    const through = f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(c, c)));
    const dc = flush(f32x4.add(take(cell + at, width), through));
    const previous = before ? take(before + at, width) : f32x4.splat(0);
    put(cell + at, f32x4.mul(dc, f), width);
    const di = flush(f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))));
    const df = flush(f32x4.mul(f32x4.mul(dc, previous), f32x4.mul(f, f32x4.sub(one, f))));
    const dg = flush(f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
    const dO = flush(f32x4.mul(f32x4.mul(d, c), f32x4.mul(o, f32x4.sub(one, o))));
    put(dz + at, di, width);
    put(dz + toF, df, width);
    put(dz + toG, dg, width);
    put(dz + toO, dO, width);
    put(compact + at, di, width);
    put(compact + toF, df, width);
    put(compact + toG, dg, width);
    put(compact + toO, dO, width);
  }
}
