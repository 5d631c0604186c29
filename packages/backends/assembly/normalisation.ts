import { madd, put, take } from './lanes';
import { runOfRows, sumRows } from './reduce';

// Batch normalisation of `rows` × `columns`: a run of rows at a time, its columns by four.

/** Mean and (biased) variance of each column. */
export function moments(x: usize, mean: usize, variance: usize, rows: i32, columns: i32): void {
  sumRows(x, mean, rows, columns, <f32>1 / <f32>rows);
  const pitch = (<usize>columns) << 2;
  const run = runOfRows(columns);
  memory.fill(variance, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = (<usize>c) << 2;
      const m = take(mean + skip, width);
      let at = x + skip;
      let total = f32x4.splat(0);
      for (let i = 0; i < count; i++) {
        const d = f32x4.sub(take(at, width), m);
        total = madd(d, d, total);
        at += pitch;
      }
      put(variance + skip, f32x4.add(take(variance + skip, width), total), width);
    }
    x += <usize>run * pitch;
  }
  const share = <f32>1 / <f32>rows;
  for (let c = 0; c < columns; c++) {
    const at = variance + ((<usize>c) << 2);
    store<f32>(at, load<f32>(at) * share);
  }
}

/**
 * y = (x − mean) / √(variance + ε) · scale + offset, cut at zero with `relu`; `scale` or `offset` 0 for one or zero.
 */
export function normalise(
  x: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f32,
  y: usize,
  rows: i32,
  columns: i32,
  relu: bool,
): void {
  const pitch = (<usize>columns) << 2;
  const run = runOfRows(columns);
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = (<usize>c) << 2;
      const deviation = f32x4.sqrt(f32x4.add(take(variance + skip, width), f32x4.splat(epsilon)));
      const numerator = scale ? take(scale + skip, width) : f32x4.splat(1);
      const factor = f32x4.div(numerator, deviation);
      const m = take(mean + skip, width);
      const shift = offset ? take(offset + skip, width) : f32x4.splat(0);
      let from = x + skip;
      let to = y + skip;
      for (let i = 0; i < count; i++) {
        const v = madd(f32x4.sub(take(from, width), m), factor, shift);
        put(to, f32x4.pmax(v, floor), width);
        from += pitch;
        to += pitch;
      }
    }
    x += <usize>run * pitch;
    y += <usize>run * pitch;
  }
}

/**
 * Gradients of `normalise`. With `whole`, mean and variance are those of x itself, and dx holds the gradient through them
 * too; else it is the direct one.
 *
 * @param sums takes Σ dy, then Σ dy · (x − mean) / √(variance + ε), of each column: the gradients of offset and scale
 */
export function normaliseGradient(
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  epsilon: f32,
  dx: usize,
  sums: usize,
  products: usize,
  rows: i32,
  columns: i32,
  whole: bool,
): void {
  const pitch = (<usize>columns) << 2;
  const run = max(16, runOfRows(columns) >> 1);
  memory.fill(sums, 0, pitch);
  memory.fill(products, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    const start = <usize>r * pitch;
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = (<usize>c) << 2;
      const m = take(mean + skip, width);
      let g = dy + start + skip;
      let v = x + start + skip;
      let sum = f32x4.splat(0);
      let product = f32x4.splat(0);
      for (let i = 0; i < count; i++) {
        const d = take(g, width);
        sum = f32x4.add(sum, d);
        product = madd(d, f32x4.sub(take(v, width), m), product);
        g += pitch;
        v += pitch;
      }
      put(sums + skip, f32x4.add(take(sums + skip, width), sum), width);
      put(products + skip, f32x4.add(take(products + skip, width), product), width);
    }
  }
  for (let c = 0; c < columns; c++) {
    const skip = (<usize>c) << 2;
    const inverse: f32 = <f32>1 / Mathf.sqrt(load<f32>(variance + skip) + epsilon);
    store<f32>(products + skip, load<f32>(products + skip) * inverse);
  }
  const share = f32x4.splat(<f32>1 / <f32>rows);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    const start = <usize>r * pitch;
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = (<usize>c) << 2;
      const deviation = f32x4.sqrt(f32x4.add(take(variance + skip, width), f32x4.splat(epsilon)));
      const one = f32x4.splat(1);
      const factor = f32x4.div(scale ? take(scale + skip, width) : one, deviation);
      const m = take(mean + skip, width);
      // dx = factor · (dy − mean(dy) − x̂ · mean(dy · x̂)) = factor · dy − level − tilt · (x − mean)
      let level = f32x4.splat(0);
      let tilt = f32x4.splat(0);
      if (whole) {
        level = f32x4.mul(factor, f32x4.mul(take(sums + skip, width), share));
        const slope = f32x4.div(f32x4.mul(take(products + skip, width), share), deviation);
        tilt = f32x4.neg(f32x4.mul(factor, slope));
      }
      let g = dy + start + skip;
      let v = x + start + skip;
      let to = dx + start + skip;
      for (let i = 0; i < count; i++) {
        const direct = f32x4.sub(f32x4.mul(factor, take(g, width)), level);
        put(to, madd(tilt, f32x4.sub(take(v, width), m), direct), width);
        g += pitch;
        v += pitch;
        to += pitch;
      }
    }
  }
}
