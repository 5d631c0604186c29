import { madd, put, take } from './lanes';
import { runOfRows, sumColumns } from './reduce';

// Batch normalisation of `rows` × `columns`: a run of rows at a time, its columns by four.

/**
 * Mean and (biased) variance of each column, in one passage: those of a run of rows, which is in the first cache by the
 * second look at it, are merged with those of the rows before (Chan, Golub & LeVeque 1979).
 */
export function moments(x: usize, mean: usize, variance: usize, rows: i32, columns: i32): void {
  const pitch = <usize>columns << 2;
  const run = runOfRows(columns);
  memory.fill(mean, 0, pitch);
  memory.fill(variance, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    const share = f32x4.splat(<f32>1 / <f32>count);
    const weight = f32x4.splat(<f32>count / <f32>(r + count));
    const spread = f32x4.splat((<f32>r * <f32>count) / <f32>(r + count));
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = <usize>c << 2;
      let at = x + skip;
      const m = f32x4.mul(sumColumns(at, pitch, count, width), share);
      let squares = f32x4.splat(0);
      let more = f32x4.splat(0);
      let i = 0;
      for (; i + 2 <= count; i += 2) {
        const d = f32x4.sub(take(at, width), m);
        const e = f32x4.sub(take(at + pitch, width), m);
        squares = madd(d, d, squares);
        more = madd(e, e, more);
        at += 2 * pitch;
      }
      if (i < count) {
        const d = f32x4.sub(take(at, width), m);
        squares = madd(d, d, squares);
      }
      squares = f32x4.add(squares, more);
      const before = take(mean + skip, width);
      const step = f32x4.sub(m, before);
      squares = f32x4.add(squares, f32x4.mul(f32x4.mul(step, step), spread));
      put(variance + skip, f32x4.add(take(variance + skip, width), squares), width);
      put(mean + skip, f32x4.add(before, f32x4.mul(step, weight)), width);
    }
    x += <usize>run * pitch;
  }
  const all = <f32>1 / <f32>rows;
  for (let c = 0; c < columns; c++) {
    const at = variance + (<usize>c << 2);
    store<f32>(at, load<f32>(at) * all);
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

/** dy where the result of `normalise` is above `floor`; that result is computed again, by the same operations. */
@inline
function passed(dy: v128, deviation: v128, factor: v128, shift: v128, floor: v128): v128 {
  return v128.and(dy, f32x4.gt(madd(deviation, factor, shift), floor));
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
  offset: usize,
  epsilon: f32,
  dx: usize,
  sums: usize,
  products: usize,
  rows: i32,
  columns: i32,
  whole: bool,
  relu: bool,
): void {
  const pitch = (<usize>columns) << 2;
  const run = max(16, runOfRows(columns) >> 1);
  const floor = f32x4.splat(relu ? 0 : -Infinity);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  memory.fill(sums, 0, pitch);
  memory.fill(products, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    const start = <usize>r * pitch;
    for (let c = 0; c < columns; c += 4) {
      const width = min(4, columns - c);
      const skip = (<usize>c) << 2;
      const deviation = f32x4.sqrt(f32x4.add(take(variance + skip, width), f32x4.splat(epsilon)));
      const factor = f32x4.div(scale ? take(scale + skip, width) : one, deviation);
      const shift = offset ? take(offset + skip, width) : zero;
      const m = take(mean + skip, width);
      let g = dy + start + skip;
      let v = x + start + skip;
      let sum = zero;
      let moreSum = zero;
      let product = zero;
      let moreProduct = zero;
      let i = 0;
      for (; i + 2 <= count; i += 2) {
        const d = f32x4.sub(take(v, width), m);
        const h = passed(take(g, width), d, factor, shift, floor);
        sum = f32x4.add(sum, h);
        product = madd(h, d, product);
        const e = f32x4.sub(take(v + pitch, width), m);
        const k = passed(take(g + pitch, width), e, factor, shift, floor);
        moreSum = f32x4.add(moreSum, k);
        moreProduct = madd(k, e, moreProduct);
        g += 2 * pitch;
        v += 2 * pitch;
      }
      if (i < count) {
        const d = f32x4.sub(take(v, width), m);
        const h = passed(take(g, width), d, factor, shift, floor);
        sum = f32x4.add(sum, h);
        product = madd(h, d, product);
      }
      sum = f32x4.add(sum, moreSum);
      product = f32x4.add(product, moreProduct);
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
      const factor = f32x4.div(scale ? take(scale + skip, width) : one, deviation);
      const shift = offset ? take(offset + skip, width) : zero;
      const m = take(mean + skip, width);
      // dx = factor · (dy − mean(dy) − x̂ · mean(dy · x̂)) = factor · dy − level − tilt · (x − mean)
      let level = zero;
      let tilt = zero;
      if (whole) {
        level = f32x4.mul(factor, f32x4.mul(take(sums + skip, width), share));
        const slope = f32x4.div(f32x4.mul(take(products + skip, width), share), deviation);
        tilt = f32x4.neg(f32x4.mul(factor, slope));
      }
      let g = dy + start + skip;
      let v = x + start + skip;
      let to = dx + start + skip;
      for (let i = 0; i < count; i++) {
        const d = f32x4.sub(take(v, width), m);
        const h = passed(take(g, width), d, factor, shift, floor);
        put(to, madd(tilt, d, f32x4.sub(f32x4.mul(factor, h), level)), width);
        g += pitch;
        v += pitch;
        to += pitch;
      }
    }
  }
}
