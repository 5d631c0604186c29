import { isSix, isWide, panelAt, panelsEnd, ROWS, tileOfColumns, tileOfRows } from './tile';

/** Bytes of left-hand rows that are kept near the arithmetic while all the panels pass by. */
export const CHUNK: i32 = 16384;

/**
 * Packs a matrix of `rows` × `columns` (element (r, c) at r·rowStep + c·columnStep floats) into panels.
 *
 * @param bias `columns` floats for the headers, or 0 for zeros
 * @param total rows of the panels: a part of larger ones is packed with `first` rows before it
 */
export function packPanels(
  matrix: usize,
  rowStep: i32,
  columnStep: i32,
  rows: i32,
  columns: i32,
  bias: usize,
  panels: usize,
  total: i32,
  first: i32,
): void {
  const rowBytes = <usize>rowStep << 2;
  const columnBytes = <usize>columnStep << 2;
  for (let j = 0; j < columns; ) {
    const size = isWide(columns - j) ? 16 : 8;
    const width = min(size, columns - j);
    const next = <usize>size << 2;
    let at = panelAt(panels, j, total + 1);
    if (first === 0) {
      for (let c = 0; c < size; c++) {
        const value = bias && c < width ? load<f32>(bias + (<usize>(j + c) << 2)) : 0;
        store<f32>(at + (<usize>c << 2), value);
      }
    }
    at += <usize>(1 + first) * next;
    let source = matrix + (<usize>(j * columnStep) << 2);
    if (width === size && columnStep === 1) {
      for (let r = 0; r < rows; r++) {
        for (let c: usize = 0; c < next; c += 32) copyEight(source + c, at + c);
        source += rowBytes;
        at += next;
      }
    } else {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < size; c++) {
          const value = c < width ? load<f32>(source + <usize>c * columnBytes) : 0;
          store<f32>(at + (<usize>c << 2), value);
        }
        source += rowBytes;
        at += next;
      }
    }
    j += size;
  }
}

/** Copies eight floats. */
@inline
function copyEight(from: usize, to: usize): void {
  const low = v128.load(from);
  const high = v128.load(from, 16);
  v128.store(to, low);
  v128.store(to, high, 16);
}

/** Copies `rows` rows of `bytes` bytes to rows that begin `pitch` bytes apart. */
@inline
function copyRows(from: usize, to: usize, rows: i32, bytes: usize, pitch: usize): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(to, from, bytes);
    from += bytes;
    to += pitch;
  }
}

/**
 * For each sample, rows of windows times panels: y[outRows[m]] = header + Σ over the segments of window m.
 *
 * @param x samples, `height` rows of `rowBytes` bytes each
 * @param border where a sample is copied to with zeros around (`borderBytes` in all, a row every `pitch` bytes, the first
 *   byte of the sample at `origin`), or 0 to read the windows in `x` itself
 * @param windows byte offset of each of the `count` windows
 * @param outRows byte offset of each window's result in a sample of y
 */
export function convolve(
  x: usize,
  height: i32,
  rowBytes: i32,
  batch: i32,
  border: usize,
  borderBytes: i32,
  pitch: i32,
  origin: i32,
  windows: usize,
  count: i32,
  segments: usize,
  segmentCount: i32,
  length: i32,
  panels: usize,
  columns: i32,
  y: usize,
  outRows: usize,
  sampleBytes: i32,
  relu: bool,
): void {
  const rows = segmentCount * length + 1;
  const edge = panelsEnd(panels, columns, rows);
  const step = count > 1 ? load<u32>(windows + 4) - load<u32>(windows) : <u32>rowBytes;
  const chunk = max(ROWS, CHUNK / max(4, <i32>step) / ROWS * ROWS);
  if (border) memory.fill(border, 0, borderBytes);
  for (let b = 0; b < batch; b++) {
    let base = x;
    if (border) {
      copyRows(x, border + origin, height, rowBytes, pitch);
      base = border;
    }
    for (let from = 0; from < count; from += chunk) {
      const to = min(from + chunk, count);
      for (let j = 0; j < columns; ) {
        const panel = panelAt(panels, j, rows);
        const out = y + (<usize>j << 2);
        const left = columns - j;
        if (isWide(left)) {
          const width = min(16, left);
          panelOfWindows(true, base, windows, from, to, segments, segmentCount, length, panel, width, out, outRows, edge, relu);
          j += 16;
        } else {
          const width = min(8, left);
          panelOfWindows(false, base, windows, from, to, segments, segmentCount, length, panel, width, out, outRows, edge, relu);
          j += 8;
        }
      }
    }
    x += <usize>(height * rowBytes);
    y += <usize>sampleBytes;
  }
}

/** Windows `from` to `to` of a sample, times one panel. */
@inline
function panelOfWindows(
  wide: bool,
  base: usize,
  windows: usize,
  from: i32,
  to: i32,
  segments: usize,
  segmentCount: i32,
  length: i32,
  panel: usize,
  width: i32,
  out: usize,
  outRows: usize,
  edge: usize,
  relu: bool,
): void {
  for (let m = from; m < to; ) {
    const m0 = <usize>m << 2;
    const m1 = <usize>min(m + 1, to - 1) << 2;
    const m2 = <usize>min(m + 2, to - 1) << 2;
    const m3 = <usize>min(m + 3, to - 1) << 2;
    const a0 = base + load<u32>(windows + m0);
    const a1 = base + load<u32>(windows + m1);
    const a2 = base + load<u32>(windows + m2);
    const a3 = base + load<u32>(windows + m3);
    const c0 = out + load<u32>(outRows + m0);
    const c1 = out + load<u32>(outRows + m1);
    const c2 = out + load<u32>(outRows + m2);
    const c3 = out + load<u32>(outRows + m3);
    if (isSix(to - m)) {
      const m4 = <usize>min(m + 4, to - 1) << 2;
      const m5 = <usize>min(m + 5, to - 1) << 2;
      const a4 = base + load<u32>(windows + m4);
      const a5 = base + load<u32>(windows + m5);
      const c4 = out + load<u32>(outRows + m4);
      const c5 = out + load<u32>(outRows + m5);
      tileOfRows(wide, true, a0, a1, a2, a3, a4, a5, segments, segmentCount, length, panel, c0, c1, c2, c3, c4, c5, width, edge, relu);
      m += 6;
    } else {
      tileOfRows(wide, false, a0, a1, a2, a3, a3, a3, segments, segmentCount, length, panel, c0, c1, c2, c3, c3, c3, width, edge, relu);
      m += 4;
    }
  }
}

/**
 * The product of the transposed windows and dy, summed over the samples: a convolution's gradient by its filter.
 *
 * @param group samples that are worked on together; `border` has room for so many, `packed` for their dy in panels
 * @param rowStep, step bytes between windows, down and along
 * @param dw [segmentCount · length, columns]
 * @param bias where the sums of dy over samples and windows go, or 0
 * @param fresh whether dw and bias are cleared first, or added to
 */
export function correlate(
  x: usize,
  height: i32,
  rowBytes: i32,
  batch: i32,
  border: usize,
  borderBytes: i32,
  pitch: i32,
  origin: i32,
  group: i32,
  outHeight: i32,
  rowStep: i32,
  outWidth: i32,
  step: i32,
  segments: usize,
  segmentCount: i32,
  length: i32,
  dy: usize,
  columns: i32,
  packed: usize,
  dw: usize,
  bias: usize,
  fresh: bool,
): void {
  const count = outHeight * outWidth;
  const inputBytes = <usize>(height * rowBytes);
  const gradientBytes = <usize>(count * columns) << 2;
  const edge = panelsEnd(packed, columns, group * count);
  const pitchOut = <usize>columns << 2;
  if (border) memory.fill(border, 0, <usize>group * <usize>borderBytes);
  if (fresh) {
    memory.fill(dw, 0, <usize>(segmentCount * length) * pitchOut);
    if (bias) memory.fill(bias, 0, pitchOut);
  }
  for (let b = 0; b < batch; b += group) {
    const samples = min(group, batch - b);
    let base = x;
    if (border) {
      for (let g = 0; g < samples; g++) {
        copyRows(
          x + <usize>g * inputBytes,
          border + <usize>g * <usize>borderBytes + origin,
          height,
          rowBytes,
          pitch,
        );
      }
      base = border;
    }
    const sampleStep = border ? <usize>borderBytes : inputBytes;
    packGradient(dy, samples * count, columns, packed, bias);
    for (let j = 0; j < columns; ) {
      const panel = panelAt(packed, j, samples * count);
      const out = dw + (<usize>j << 2);
      const left = columns - j;
      if (isWide(left)) {
        const width = min(16, left);
        panelOfColumns(true, base, segments, segmentCount, length, samples, sampleStep, outHeight, rowStep, outWidth, step, panel, out, pitchOut, width, edge);
        j += 16;
      } else {
        const width = min(8, left);
        panelOfColumns(false, base, segments, segmentCount, length, samples, sampleStep, outHeight, rowStep, outWidth, step, panel, out, pitchOut, width, edge);
        j += 8;
      }
    }
    x += <usize>samples * inputBytes;
    dy += <usize>samples * gradientBytes;
  }
}

/** Adds the transposed windows of some samples, times one panel. A last tile begins early enough to end with its segment. */
@inline
function panelOfColumns(
  wide: bool,
  base: usize,
  segments: usize,
  segmentCount: i32,
  length: i32,
  samples: i32,
  sampleStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  step: usize,
  panel: usize,
  out: usize,
  pitch: usize,
  columns: i32,
  edge: usize,
): void {
  for (let s = 0; s < segmentCount; s++) {
    const a = base + load<u32>(segments + (<usize>s << 2));
    for (let k = 0; k < length; ) {
      const left = length - k;
      if (isSix(left)) {
        const from = min(k, max(0, length - 6));
        const last = min(6, length - from);
        tileOfColumns(wide, true, a + (<usize>from << 2), samples, sampleStep, height, rowStep, width, step, panel, out + <usize>from * pitch, pitch, k - from, last, columns, edge);
        k += 6;
      } else {
        const from = min(k, max(0, length - 4));
        const last = min(4, length - from);
        tileOfColumns(wide, false, a + (<usize>from << 2), samples, sampleStep, height, rowStep, width, step, panel, out + <usize>from * pitch, pitch, k - from, last, columns, edge);
        k += 4;
      }
    }
    out += <usize>length * pitch;
  }
}

/** Packs `rows` rows of dy into panels without headers, and adds their sums to `bias` if that is not 0. */
function packGradient(dy: usize, rows: i32, columns: i32, packed: usize, bias: usize): void {
  for (let j = 0; j < columns; ) {
    const size = isWide(columns - j) ? 16 : 8;
    const panel = panelAt(packed, j, rows);
    for (let part = 0; part < size; part += 8) {
      const at = panel + (<usize>part << 2);
      packEight(dy, rows, columns, j + part, at, <usize>size << 2, bias);
    }
    j += size;
  }
}

/** Packs up to eight columns from `j` on, in rows that begin `next` bytes apart. */
function packEight(
  dy: usize,
  rows: i32,
  columns: i32,
  j: i32,
  at: usize,
  next: usize,
  bias: usize,
): void {
  const pitch = <usize>columns << 2;
  const width = max(0, min(8, columns - j));
  let source = dy + (<usize>j << 2);
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    if (width === 8) {
      const b0 = v128.load(source);
      const b1 = v128.load(source, 16);
      v128.store(at, b0);
      v128.store(at, b1, 16);
      low = f32x4.add(low, b0);
      high = f32x4.add(high, b1);
    } else {
      for (let c = 0; c < 8; c++) {
        store<f32>(at + (<usize>c << 2), c < width ? load<f32>(source + (<usize>c << 2)) : 0);
      }
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
    }
    source += pitch;
    at += next;
  }
  if (bias) {
    for (let c = 0; c < width; c++) {
      const sum = bias + (<usize>(j + c) << 2);
      store<f32>(sum, load<f32>(sum) + f32x4.extract_lane(low, 0));
      low = v128.shuffle<f32>(low, high, 1, 2, 3, 4);
      high = v128.shuffle<f32>(high, high, 1, 2, 3, 3);
    }
  }
}
