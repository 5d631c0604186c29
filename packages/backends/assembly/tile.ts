import { madd, put, take } from './lanes';

// The two micro-kernels: every convolution and matrix product here is made of tiles of 4 or 6 rows and one panel of
// columns, whose sums stay in registers. Each sum goes through the inner dimension in order, so the bits are the same
// whatever the shape of the tile. The inner loops are not unrolled: V8 moves the loads of a loop's body to its beginning,
// and of more than one row's it has to keep some in memory, sums too, which costs a third of the speed.
//
// A panel is some columns of the right-hand matrix, packed: the first values of the sums (the bias, or zeros), then the
// floats of each row, zeros where the matrix has fewer columns. It has 8 columns; with WIDE (assembly/build.mjs) 16 while
// more than 8 are left, in pairs of vectors side by side, which V8 can be told to make one of 256 bits of.

/** Whether the panel that begins where `left` columns are left has sixteen of them. */
@inline
export function isWide(left: i32): bool {
  return WIDE === 1 && left > 8;
}

/** Rows of a tile where many are left. */
export const ROWS: i32 = WIDE === 1 ? 6 : 4;

/** Whether the tile that begins where `left` rows are left has six of them: fours take up what sixes cannot. */
@inline
export function isSix(left: i32): bool {
  return WIDE === 1 && left > 4 && left !== 7 && left !== 8;
}

/** Where the panel that begins at column j begins, in a matrix of `rows` packed rows (the header is one of them). */
@inline
export function panelAt(panels: usize, j: i32, rows: i32): usize {
  return panels + (<usize>(j * rows) << 2);
}

/** Where the panels end, and the room begins in which tiles at the edge of a matrix work (src/kernels/panels.ts). */
@inline
export function panelsEnd(panels: usize, columns: i32, rows: i32): usize {
  return panelAt(panels, (columns + 7) & ~7, rows);
}

/** Copies the first `columns` floats of a row of a tile. */
@inline
function copyPart(from: usize, to: usize, columns: i32): void {
  for (let c = 0; c < columns; c += 4) {
    const width = min(4, columns - c);
    const skip = <usize>c << 2;
    put(to + skip, take(from + skip, width), width);
  }
}

/**
 * c_i = header + Σ_s Σ_k a_i[segment_s + k] · panel[s·length + k] for six rows, or the first four of them; `columns` of
 * them are stored.
 *
 * @param wide whether the panel has 16 columns, else 8
 * @param segments byte offset of each of the `count` segments of a row; each is `length` contiguous floats
 * @param edge room for the tile where the matrix ends within the panel
 * @param relu cuts at zero before storing
 */
@inline
export function tileOfRows(
  wide: bool,
  six: bool,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  segments: usize,
  count: i32,
  length: i32,
  panel: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  c4: usize,
  c5: usize,
  columns: i32,
  edge: usize,
  relu: bool,
): void {
  let s00 = v128.load(panel);
  let s01 = v128.load(panel, 16);
  let s02 = s00;
  let s03 = s01;
  if (wide) {
    s02 = v128.load(panel, 32);
    s03 = v128.load(panel, 48);
  }
  let s10 = s00;
  let s11 = s01;
  let s12 = s02;
  let s13 = s03;
  let s20 = s00;
  let s21 = s01;
  let s22 = s02;
  let s23 = s03;
  let s30 = s00;
  let s31 = s01;
  let s32 = s02;
  let s33 = s03;
  let s40 = s00;
  let s41 = s01;
  let s42 = s02;
  let s43 = s03;
  let s50 = s00;
  let s51 = s01;
  let s52 = s02;
  let s53 = s03;
  const row: usize = wide ? 64 : 32;
  let b = panel + row;
  const whole = <usize>length << 2;
  for (let s = 0; s < count; s++) {
    const offset = <usize>load<u32>(segments + (<usize>s << 2));
    let p0 = a0 + offset;
    let p1 = a1 + offset;
    let p2 = a2 + offset;
    let p3 = a3 + offset;
    let p4 = a4 + offset;
    let p5 = a5 + offset;
    const end = p0 + whole;
    while (p0 < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = wide ? v128.load(b, 32) : b0;
      const b3 = wide ? v128.load(b, 48) : b1;
      let a = v128.load_splat<f32>(p0);
      s00 = madd(a, b0, s00);
      s01 = madd(a, b1, s01);
      if (wide) {
        s02 = madd(a, b2, s02);
        s03 = madd(a, b3, s03);
      }
      a = v128.load_splat<f32>(p1);
      s10 = madd(a, b0, s10);
      s11 = madd(a, b1, s11);
      if (wide) {
        s12 = madd(a, b2, s12);
        s13 = madd(a, b3, s13);
      }
      a = v128.load_splat<f32>(p2);
      s20 = madd(a, b0, s20);
      s21 = madd(a, b1, s21);
      if (wide) {
        s22 = madd(a, b2, s22);
        s23 = madd(a, b3, s23);
      }
      a = v128.load_splat<f32>(p3);
      s30 = madd(a, b0, s30);
      s31 = madd(a, b1, s31);
      if (wide) {
        s32 = madd(a, b2, s32);
        s33 = madd(a, b3, s33);
      }
      if (six) {
        a = v128.load_splat<f32>(p4);
        s40 = madd(a, b0, s40);
        s41 = madd(a, b1, s41);
        if (wide) {
          s42 = madd(a, b2, s42);
          s43 = madd(a, b3, s43);
        }
        a = v128.load_splat<f32>(p5);
        s50 = madd(a, b0, s50);
        s51 = madd(a, b1, s51);
        if (wide) {
          s52 = madd(a, b2, s52);
          s53 = madd(a, b3, s53);
        }
      }
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      if (six) {
        p4 += 4;
        p5 += 4;
      }
      b += row;
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
    if (wide) {
      s02 = f32x4.pmax(s02, zero);
      s03 = f32x4.pmax(s03, zero);
      s12 = f32x4.pmax(s12, zero);
      s13 = f32x4.pmax(s13, zero);
      s22 = f32x4.pmax(s22, zero);
      s23 = f32x4.pmax(s23, zero);
      s32 = f32x4.pmax(s32, zero);
      s33 = f32x4.pmax(s33, zero);
    }
    if (six) {
      s40 = f32x4.pmax(s40, zero);
      s41 = f32x4.pmax(s41, zero);
      s50 = f32x4.pmax(s50, zero);
      s51 = f32x4.pmax(s51, zero);
      if (wide) {
        s42 = f32x4.pmax(s42, zero);
        s43 = f32x4.pmax(s43, zero);
        s52 = f32x4.pmax(s52, zero);
        s53 = f32x4.pmax(s53, zero);
      }
    }
  }
  const fits = columns === (wide ? 16 : 8);
  const d0 = fits ? c0 : edge;
  const d1 = fits ? c1 : edge + row;
  const d2 = fits ? c2 : edge + 2 * row;
  const d3 = fits ? c3 : edge + 3 * row;
  v128.store(d0, s00);
  v128.store(d0, s01, 16);
  if (wide) {
    v128.store(d0, s02, 32);
    v128.store(d0, s03, 48);
  }
  v128.store(d1, s10);
  v128.store(d1, s11, 16);
  if (wide) {
    v128.store(d1, s12, 32);
    v128.store(d1, s13, 48);
  }
  v128.store(d2, s20);
  v128.store(d2, s21, 16);
  if (wide) {
    v128.store(d2, s22, 32);
    v128.store(d2, s23, 48);
  }
  v128.store(d3, s30);
  v128.store(d3, s31, 16);
  if (wide) {
    v128.store(d3, s32, 32);
    v128.store(d3, s33, 48);
  }
  if (six) {
    const d4 = fits ? c4 : edge + 4 * row;
    const d5 = fits ? c5 : edge + 5 * row;
    v128.store(d4, s40);
    v128.store(d4, s41, 16);
    if (wide) {
      v128.store(d4, s42, 32);
      v128.store(d4, s43, 48);
    }
    v128.store(d5, s50);
    v128.store(d5, s51, 16);
    if (wide) {
      v128.store(d5, s52, 32);
      v128.store(d5, s53, 48);
    }
  }
  if (!fits) {
    copyPart(edge, c0, columns);
    copyPart(edge + row, c1, columns);
    copyPart(edge + 2 * row, c2, columns);
    copyPart(edge + 3 * row, c3, columns);
    if (six) {
      copyPart(edge + 4 * row, c4, columns);
      copyPart(edge + 5 * row, c5, columns);
    }
  }
}

/**
 * c[r] += Σ_g Σ_y Σ_x a[g, y, x, r] · panel[g, y, x] for six neighbouring floats r of `a`, or four: a transposed product.
 * The panel has no header here. The rows from `first` on and before `last` are added, and `columns`.
 *
 * @param samples how many g; `sampleStep`, `rowStep`, `step` are the bytes between two g, y and x in `a`
 * @param pitch bytes between two rows of c
 */
@inline
export function tileOfColumns(
  wide: bool,
  six: bool,
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
  first: i32,
  last: i32,
  columns: i32,
  edge: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s02 = s00;
  let s03 = s00;
  let s10 = s00;
  let s11 = s00;
  let s12 = s00;
  let s13 = s00;
  let s20 = s00;
  let s21 = s00;
  let s22 = s00;
  let s23 = s00;
  let s30 = s00;
  let s31 = s00;
  let s32 = s00;
  let s33 = s00;
  let s40 = s00;
  let s41 = s00;
  let s42 = s00;
  let s43 = s00;
  let s50 = s00;
  let s51 = s00;
  let s52 = s00;
  let s53 = s00;
  const row: usize = wide ? 64 : 32;
  let b = panel;
  for (let g = 0; g < samples; g++) {
    let line = a;
    for (let y = 0; y < height; y++) {
      let p = line;
      const end = b + <usize>width * row;
      while (b < end) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = wide ? v128.load(b, 32) : b0;
        const b3 = wide ? v128.load(b, 48) : b1;
        let v = v128.load_splat<f32>(p);
        s00 = madd(v, b0, s00);
        s01 = madd(v, b1, s01);
        if (wide) {
          s02 = madd(v, b2, s02);
          s03 = madd(v, b3, s03);
        }
        v = v128.load_splat<f32>(p, 4);
        s10 = madd(v, b0, s10);
        s11 = madd(v, b1, s11);
        if (wide) {
          s12 = madd(v, b2, s12);
          s13 = madd(v, b3, s13);
        }
        v = v128.load_splat<f32>(p, 8);
        s20 = madd(v, b0, s20);
        s21 = madd(v, b1, s21);
        if (wide) {
          s22 = madd(v, b2, s22);
          s23 = madd(v, b3, s23);
        }
        v = v128.load_splat<f32>(p, 12);
        s30 = madd(v, b0, s30);
        s31 = madd(v, b1, s31);
        if (wide) {
          s32 = madd(v, b2, s32);
          s33 = madd(v, b3, s33);
        }
        if (six) {
          v = v128.load_splat<f32>(p, 16);
          s40 = madd(v, b0, s40);
          s41 = madd(v, b1, s41);
          if (wide) {
            s42 = madd(v, b2, s42);
            s43 = madd(v, b3, s43);
          }
          v = v128.load_splat<f32>(p, 20);
          s50 = madd(v, b0, s50);
          s51 = madd(v, b1, s51);
          if (wide) {
            s52 = madd(v, b2, s52);
            s53 = madd(v, b3, s53);
          }
        }
        p += step;
        b += row;
      }
      line += rowStep;
    }
    a += sampleStep;
  }
  const fits = columns === (wide ? 16 : 8) && last - first === (six ? 6 : 4);
  const to = fits ? c : edge;
  const next = fits ? pitch : row;
  if (!fits) memory.fill(edge, 0, (six ? 6 : 4) * row);
  addRow(wide, to, s00, s01, s02, s03);
  addRow(wide, to + next, s10, s11, s12, s13);
  addRow(wide, to + 2 * next, s20, s21, s22, s23);
  addRow(wide, to + 3 * next, s30, s31, s32, s33);
  if (six) {
    addRow(wide, to + 4 * next, s40, s41, s42, s43);
    addRow(wide, to + 5 * next, s50, s51, s52, s53);
  }
  if (!fits) {
    for (let r = first; r < last; r++) addPart(edge + <usize>r * row, c + <usize>r * pitch, columns);
  }
}

/** Adds a row of a tile to the floats at `at`. */
@inline
function addRow(wide: bool, at: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  const t0 = f32x4.add(v128.load(at), s0);
  const t1 = f32x4.add(v128.load(at, 16), s1);
  v128.store(at, t0);
  v128.store(at, t1, 16);
  if (wide) {
    const t2 = f32x4.add(v128.load(at, 32), s2);
    const t3 = f32x4.add(v128.load(at, 48), s3);
    v128.store(at, t2, 32);
    v128.store(at, t3, 48);
  }
}

/** Adds the first `columns` floats of a row of a tile to those at `to`. */
@inline
function addPart(from: usize, to: usize, columns: i32): void {
  for (let c = 0; c < columns; c += 4) {
    const width = min(4, columns - c);
    const skip = <usize>c << 2;
    put(to + skip, f32x4.add(take(to + skip, width), take(from + skip, width)), width);
  }
}
