import { madd, storeEight } from './lanes';

// The two micro-kernels: every convolution and matrix product here is made of tiles of 4 rows and 8 columns, whose eight
// sums stay in registers. Their inner loops are not unrolled: V8 moves the loads of a loop's body to its beginning, and of
// more than one row's it has to keep some in memory, sums too, which costs a third of the speed.
//
// A panel is eight columns of the right-hand matrix, packed: 8 first values of the sums (the bias, or zeros), then 8
// floats per row, zeros where the matrix has fewer columns.

/** Floats before the rows of a panel. */
export const HEADER: i32 = 8;

/**
 * c_i = header + Σ_s Σ_k a_i[segment_s + k] · panel[s·length + k] for four rows; `columns` (1 to 8) of them are stored.
 *
 * @param segments byte offset of each of the `count` segments of a row; each is `length` contiguous floats
 * @param relu cuts at zero before storing
 */
@inline
export function tileOfRows(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  segments: usize,
  count: i32,
  length: i32,
  panel: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  columns: i32,
  relu: bool,
): void {
  let s00 = v128.load(panel);
  let s01 = v128.load(panel, 16);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  let b = panel + (HEADER << 2);
  const whole = <usize>length << 2;
  for (let s = 0; s < count; s++) {
    const offset = <usize>load<u32>(segments + (<usize>s << 2));
    let p0 = a0 + offset;
    let p1 = a1 + offset;
    let p2 = a2 + offset;
    let p3 = a3 + offset;
    const end = p0 + whole;
    while (p0 < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let a = v128.load_splat<f32>(p0);
      s00 = madd(a, b0, s00);
      s01 = madd(a, b1, s01);
      a = v128.load_splat<f32>(p1);
      s10 = madd(a, b0, s10);
      s11 = madd(a, b1, s11);
      a = v128.load_splat<f32>(p2);
      s20 = madd(a, b0, s20);
      s21 = madd(a, b1, s21);
      a = v128.load_splat<f32>(p3);
      s30 = madd(a, b0, s30);
      s31 = madd(a, b1, s31);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      b += 32;
    }
  }
  if (relu) {
    const zero = f32x4.splat(0);
    s00 = f32x4.pmax(s00, zero);
    s01 = f32x4.pmax(s01, zero);
    s10 = f32x4.pmax(s10, zero);
    s11 = f32x4.pmax(s11, zero);
    s20 = f32x4.pmax(s20, zero);
    s21 = f32x4.pmax(s21, zero);
    s30 = f32x4.pmax(s30, zero);
    s31 = f32x4.pmax(s31, zero);
  }
  if (columns === 8) {
    v128.store(c0, s00);
    v128.store(c0, s01, 16);
    v128.store(c1, s10);
    v128.store(c1, s11, 16);
    v128.store(c2, s20);
    v128.store(c2, s21, 16);
    v128.store(c3, s30);
    v128.store(c3, s31, 16);
  } else {
    storeEight(c0, s00, s01, columns);
    storeEight(c1, s10, s11, columns);
    storeEight(c2, s20, s21, columns);
    storeEight(c3, s30, s31, columns);
  }
}

/**
 * c[r] += Σ_g Σ_y Σ_x a[g, y, x, r] · panel[g, y, x] for four neighbouring floats r = 0…3 of `a`: a transposed product.
 * The panel has no header here. `rows` (1 to 4) and `columns` (1 to 8) are stored.
 *
 * @param samples how many g; `sampleStep`, `rowStep`, `step` are the bytes between two g, y and x in `a`
 * @param pitch bytes between two rows of c
 */
export function tileOfColumns(
  a: usize,
  samples: i32,
  sampleStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  step: usize,
  panel: usize,
  c: usize,
  pitch: usize,
  rows: i32,
  columns: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  let b = panel;
  for (let g = 0; g < samples; g++) {
    let row = a;
    for (let y = 0; y < height; y++) {
      let p = row;
      const end = b + (<usize>width << 5);
      while (b < end) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let v = v128.load_splat<f32>(p);
        s00 = madd(v, b0, s00);
        s01 = madd(v, b1, s01);
        v = v128.load_splat<f32>(p, 4);
        s10 = madd(v, b0, s10);
        s11 = madd(v, b1, s11);
        v = v128.load_splat<f32>(p, 8);
        s20 = madd(v, b0, s20);
        s21 = madd(v, b1, s21);
        v = v128.load_splat<f32>(p, 12);
        s30 = madd(v, b0, s30);
        s31 = madd(v, b1, s31);
        p += step;
        b += 32;
      }
      row += rowStep;
    }
    a += sampleStep;
  }
  addEight(c, s00, s01, columns);
  if (rows > 1) addEight(c + pitch, s10, s11, columns);
  if (rows > 2) addEight(c + 2 * pitch, s20, s21, columns);
  if (rows > 3) addEight(c + 3 * pitch, s30, s31, columns);
}

/** Adds the first `count` of eight floats to those at `at`, one by one where a vector would reach too far. */
@inline
function addEight(at: usize, low: v128, high: v128, count: i32): void {
  if (count === 8) {
    v128.store(at, f32x4.add(v128.load(at), low));
    v128.store(at, f32x4.add(v128.load(at, 16), high), 16);
    return;
  }
  for (let i = 0; i < count; i++) {
    store<f32>(at, load<f32>(at) + f32x4.extract_lane(low, 0));
    at += 4;
    low = v128.shuffle<f32>(low, high, 1, 2, 3, 4);
    high = v128.shuffle<f32>(high, high, 1, 2, 3, 3);
  }
}
