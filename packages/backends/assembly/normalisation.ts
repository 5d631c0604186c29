import { isPair, madd, put, putPair, take, takeHigh, takeLow } from './lanes';
import { runOfRows, sumColumns } from './reduce';

// Batch normalisation of `rows` × `columns`: a run of rows at a time, its columns by four, or by eight where V8 can fuse.

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
    for (let c = 0; c < columns; ) {
      const skip = (<usize>c) << 2;
      const gain = scale ? scale + skip : 0;
      const base = offset ? offset + skip : 0;
      const from = x + skip;
      const to = y + skip;
      if (isPair(columns - c)) {
        normaliseColumns(true, 4, from, mean + skip, variance + skip, gain, base, epsilon, to, count, pitch, floor);
        c += 8;
      } else if (columns - c >= 4) {
        normaliseColumns(false, 4, from, mean + skip, variance + skip, gain, base, epsilon, to, count, pitch, floor);
        c += 4;
      } else {
        normaliseColumns(false, columns - c, from, mean + skip, variance + skip, gain, base, epsilon, to, count, pitch, floor);
        c += 4;
      }
    }
    x += <usize>run * pitch;
    y += <usize>run * pitch;
  }
}

/** √(variance + ε) of some columns. */
@inline
function deviationOf(variance: v128, epsilon: f32): v128 {
  return f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon)));
}

/** `given`, or `otherwise` where it is not; without a branch, on whose two sides V8 does not look for pairs. */
@inline
function either(isGiven: bool, given: v128, otherwise: v128): v128 {
  return v128.bitselect(given, otherwise, i32x4.splat(0 - <i32>isGiven));
}

/** scale / √(variance + ε) of some columns; `scale` 0 for one. */
@inline
function factorAt(pair: bool, width: i32, scale: usize, variance: usize, epsilon: f32): v128 {
  const numerator = either(scale !== 0, takeLow(pair, scale, width), f32x4.splat(1));
  return f32x4.div(numerator, deviationOf(takeLow(pair, variance, width), epsilon));
}

/** The same of the four columns behind them. */
@inline
function factorHigh(pair: bool, scale: usize, variance: usize, epsilon: f32): v128 {
  const numerator = either(scale !== 0, takeHigh(pair, scale), f32x4.splat(1));
  return f32x4.div(numerator, deviationOf(takeHigh(pair, variance), epsilon));
}

/** `width` columns of `count` rows, or eight. */
@inline
function normaliseColumns(
  pair: bool,
  width: i32,
  x: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f32,
  y: usize,
  count: i32,
  pitch: usize,
  floor: v128,
): void {
  const low = factorAt(pair, width, scale, variance, epsilon);
  const high = pair ? factorHigh(pair, scale, variance, epsilon) : low;
  const m = takeLow(pair, mean, width);
  const m1 = takeHigh(pair, mean);
  const shift = either(offset !== 0, takeLow(pair, offset, width), f32x4.splat(0));
  const shift1 = either(offset !== 0, takeHigh(pair, offset), f32x4.splat(0));
  for (let i = 0; i < count; i++) {
    const v = f32x4.pmax(madd(f32x4.sub(takeLow(pair, x, width), m), low, shift), floor);
    const v1 = pair ? f32x4.pmax(madd(f32x4.sub(v128.load(x, 16), m1), high, shift1), floor) : v;
    putPair(pair, y, v, v1, width);
    x += pitch;
    y += pitch;
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
  memory.fill(sums, 0, pitch);
  memory.fill(products, 0, pitch);
  for (let r = 0; r < rows; r += run) {
    const count = min(run, rows - r);
    const start = <usize>r * pitch;
    for (let c = 0; c < columns; ) {
      const skip = (<usize>c) << 2;
      const gain = scale ? scale + skip : 0;
      const base = offset ? offset + skip : 0;
      const g = dy + start + skip;
      const v = x + start + skip;
      if (isPair(columns - c)) {
        sumsOfColumns(true, 4, g, v, mean + skip, variance + skip, gain, base, epsilon, sums + skip, products + skip, count, pitch, floor);
        c += 8;
      } else if (columns - c >= 4) {
        sumsOfColumns(false, 4, g, v, mean + skip, variance + skip, gain, base, epsilon, sums + skip, products + skip, count, pitch, floor);
        c += 4;
      } else {
        sumsOfColumns(false, columns - c, g, v, mean + skip, variance + skip, gain, base, epsilon, sums + skip, products + skip, count, pitch, floor);
        c += 4;
      }
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
    for (let c = 0; c < columns; ) {
      const skip = (<usize>c) << 2;
      const gain = scale ? scale + skip : 0;
      const base = offset ? offset + skip : 0;
      const g = dy + start + skip;
      const v = x + start + skip;
      if (isPair(columns - c)) {
        gradientOfColumns(true, 4, g, v, mean + skip, variance + skip, gain, base, epsilon, dx + start + skip, sums + skip, products + skip, share, whole, count, pitch, floor);
        c += 8;
      } else if (columns - c >= 4) {
        gradientOfColumns(false, 4, g, v, mean + skip, variance + skip, gain, base, epsilon, dx + start + skip, sums + skip, products + skip, share, whole, count, pitch, floor);
        c += 4;
      } else {
        gradientOfColumns(false, columns - c, g, v, mean + skip, variance + skip, gain, base, epsilon, dx + start + skip, sums + skip, products + skip, share, whole, count, pitch, floor);
        c += 4;
      }
    }
  }
}

/** Adds Σ dy and Σ dy · (x − mean) of `width` columns, or eight, over `count` rows. */
@inline
function sumsOfColumns(
  pair: bool,
  width: i32,
  g: usize,
  v: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f32,
  sums: usize,
  products: usize,
  count: i32,
  pitch: usize,
  floor: v128,
): void {
  const low = factorAt(pair, width, scale, variance, epsilon);
  const high = pair ? factorHigh(pair, scale, variance, epsilon) : low;
  const shift = either(offset !== 0, takeLow(pair, offset, width), f32x4.splat(0));
  const shift1 = either(offset !== 0, takeHigh(pair, offset), f32x4.splat(0));
  const m = takeLow(pair, mean, width);
  const m1 = takeHigh(pair, mean);
  let sum = f32x4.splat(0);
  let sum1 = sum;
  let moreSum = sum;
  let moreSum1 = sum;
  let product = sum;
  let product1 = sum;
  let moreProduct = sum;
  let moreProduct1 = sum;
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const g1 = g + pitch;
    const v1 = v + pitch;
    const d = f32x4.sub(takeLow(pair, v, width), m);
    const h = passed(takeLow(pair, g, width), d, low, shift, floor);
    sum = f32x4.add(sum, h);
    product = madd(h, d, product);
    if (pair) {
      const d1 = f32x4.sub(takeHigh(pair, v), m1);
      const h1 = passed(takeHigh(pair, g), d1, high, shift1, floor);
      sum1 = f32x4.add(sum1, h1);
      product1 = madd(h1, d1, product1);
    }
    const e = f32x4.sub(takeLow(pair, v1, width), m);
    const k = passed(takeLow(pair, g1, width), e, low, shift, floor);
    moreSum = f32x4.add(moreSum, k);
    moreProduct = madd(k, e, moreProduct);
    if (pair) {
      const e1 = f32x4.sub(takeHigh(pair, v1), m1);
      const k1 = passed(takeHigh(pair, g1), e1, high, shift1, floor);
      moreSum1 = f32x4.add(moreSum1, k1);
      moreProduct1 = madd(k1, e1, moreProduct1);
    }
    g = g1 + pitch;
    v = v1 + pitch;
  }
  if (i < count) {
    const d = f32x4.sub(takeLow(pair, v, width), m);
    const h = passed(takeLow(pair, g, width), d, low, shift, floor);
    sum = f32x4.add(sum, h);
    product = madd(h, d, product);
    if (pair) {
      const d1 = f32x4.sub(takeHigh(pair, v), m1);
      const h1 = passed(takeHigh(pair, g), d1, high, shift1, floor);
      sum1 = f32x4.add(sum1, h1);
      product1 = madd(h1, d1, product1);
    }
  }
  sum = f32x4.add(takeLow(pair, sums, width), f32x4.add(sum, moreSum));
  sum1 = f32x4.add(takeHigh(pair, sums), f32x4.add(sum1, moreSum1));
  product = f32x4.add(takeLow(pair, products, width), f32x4.add(product, moreProduct));
  product1 = f32x4.add(takeHigh(pair, products), f32x4.add(product1, moreProduct1));
  putPair(pair, sums, sum, sum1, width);
  putPair(pair, products, product, product1, width);
}

/** dx = factor · (dy − mean(dy) − x̂ · mean(dy · x̂)) = factor · dy − level + tilt · (x − mean); without `whole`, factor · dy */
@inline
function gradientOfColumns(
  pair: bool,
  width: i32,
  g: usize,
  v: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f32,
  dx: usize,
  sums: usize,
  products: usize,
  share: v128,
  whole: bool,
  count: i32,
  pitch: usize,
  floor: v128,
): void {
  const low = factorAt(pair, width, scale, variance, epsilon);
  const high = pair ? factorHigh(pair, scale, variance, epsilon) : low;
  const shift = either(offset !== 0, takeLow(pair, offset, width), f32x4.splat(0));
  const shift1 = either(offset !== 0, takeHigh(pair, offset), f32x4.splat(0));
  const m = takeLow(pair, mean, width);
  const m1 = takeHigh(pair, mean);
  const zero = f32x4.splat(0);
  const level = f32x4.mul(low, f32x4.mul(takeLow(pair, sums, width), share));
  const level1 = f32x4.mul(high, f32x4.mul(takeHigh(pair, sums), share));
  const deviation = deviationOf(takeLow(pair, variance, width), epsilon);
  const deviation1 = deviationOf(takeHigh(pair, variance), epsilon);
  const slope = f32x4.div(f32x4.mul(takeLow(pair, products, width), share), deviation);
  const slope1 = f32x4.div(f32x4.mul(takeHigh(pair, products), share), deviation1);
  const tilt = either(whole, f32x4.neg(f32x4.mul(low, slope)), zero);
  const tilt1 = either(whole, f32x4.neg(f32x4.mul(high, slope1)), zero);
  const mean0 = either(whole, level, zero);
  const mean1 = either(whole, level1, zero);
  for (let i = 0; i < count; i++) {
    const d = f32x4.sub(takeLow(pair, v, width), m);
    const d1 = f32x4.sub(takeHigh(pair, v), m1);
    const h = passed(takeLow(pair, g, width), d, low, shift, floor);
    const h1 = passed(takeHigh(pair, g), d1, high, shift1, floor);
    const r = madd(tilt, d, f32x4.sub(f32x4.mul(low, h), mean0));
    const r1 = madd(tilt1, d1, f32x4.sub(f32x4.mul(high, h1), mean1));
    putPair(pair, dx, r, r1, width);
    g += pitch;
    v += pitch;
    dx += pitch;
  }
}
