import { loadPart, put, sumLanes, take } from './lanes';

/** Vectors that are summed before they are added to the total: keeps the rounding errors of long sums small. */
const RUN: i32 = 256;

/** The sum of `count` floats. */
export function sumOf(x: usize, count: i32): f32 {
  let total: f64 = 0;
  const rest = count & 3;
  let left = count >> 2;
  while (left > 0) {
    let s = f32x4.splat(0);
    let t = f32x4.splat(0);
    let n = min(left, RUN);
    left -= n;
    for (; n > 1; n -= 2) {
      s = f32x4.add(s, v128.load(x));
      t = f32x4.add(t, v128.load(x, 16));
      x += 32;
    }
    if (n) {
      s = f32x4.add(s, v128.load(x));
      x += 16;
    }
    total += <f64>sumLanes(f32x4.add(s, t));
  }
  if (rest) total += <f64>sumLanes(loadPart(x, rest));
  return <f32>total;
}

/** Rows that are worked on before the next ones are touched: they stay in the first cache for all the columns. */
@inline
export function runOfRows(columns: i32): i32 {
  return max(16, 4096 / columns);
}

/**
 * The sums of `width` (1 to 4) neighbouring columns over `count` rows; four at a time, since an addition takes four times
 * as long as it takes to begin the next one.
 */
@inline
export function sumColumns(at: usize, pitch: usize, count: i32, width: i32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    s0 = f32x4.add(s0, take(at, width));
    s1 = f32x4.add(s1, take(at + pitch, width));
    s2 = f32x4.add(s2, take(at + 2 * pitch, width));
    s3 = f32x4.add(s3, take(at + 3 * pitch, width));
    at += 4 * pitch;
  }
  for (; i < count; i++) {
    s0 = f32x4.add(s0, take(at, width));
    at += pitch;
  }
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

/** y[c] = scale · Σ over the rows of x[row, c]; `columns` floats per row. */
export function sumRows(x: usize, y: usize, rows: i32, columns: i32, scale: f32): void {
  const pitch = <usize>columns << 2;
  const run = runOfRows(columns);
  memory.fill(y, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      let at = x + (<usize>c << 2);
      const total = sumColumns(at, pitch, count, width);
      const place = y + (<usize>c << 2);
      put(place, f32x4.add(take(place, width), total), width);
    }
    x += <usize>run * pitch;
  }
  if (scale !== 1) {
    for (let c = 0; c < columns; c++) {
      store<f32>(y + (<usize>c << 2), load<f32>(y + (<usize>c << 2)) * scale);
    }
  }
}

/** y[o, i] = scale · Σ over r of x[o, r, i] */
export function sum(x: usize, y: usize, outer: i32, reduced: i32, inner: i32, scale: f32): void {
  const bytes = <usize>(reduced * inner) << 2;
  for (let o = 0; o < outer; o++) {
    if (inner === 1) store<f32>(y, scale * sumOf(x, reduced));
    else sumRows(x, y, reduced, inner, scale);
    x += bytes;
    y += <usize>inner << 2;
  }
}
