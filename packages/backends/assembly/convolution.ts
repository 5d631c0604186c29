import { HEADER, tileOfColumns, tileOfRows } from './tile';

/** Bytes of left-hand rows that are kept near the arithmetic while all the panels pass by. */
export const CHUNK: i32 = 16384;

/**
 * Packs a matrix of `rows` × `columns` (element (r, c) at r·rowStep + c·columnStep floats) into panels of eight columns.
 *
 * @param bias `columns` floats for the headers, or 0 for zeros
 * @param stride floats from one panel to the next; a part of a larger panel is packed with `first` rows before it
 */
export function packPanels(
  matrix: usize,
  rowStep: i32,
  columnStep: i32,
  rows: i32,
  columns: i32,
  bias: usize,
  panels: usize,
  stride: i32,
  first: i32,
): void {
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j);
    let at = panels + (<usize>((j >> 3) * stride) << 2);
    if (first === 0) {
      for (let c = 0; c < 8; c++) {
        const value = bias && c < width ? load<f32>(bias + (<usize>(j + c) << 2)) : 0;
        store<f32>(at + (<usize>c << 2), value);
      }
    }
    at += <usize>(HEADER + first * 8) << 2;
    let source = matrix + (<usize>(j * columnStep) << 2);
    const rowBytes = <usize>rowStep << 2;
    if (width === 8 && columnStep === 1) {
      for (let r = 0; r < rows; r++) {
        v128.store(at, v128.load(source));
        v128.store(at, v128.load(source, 16), 16);
        source += rowBytes;
        at += 32;
      }
    } else {
      const columnBytes = <usize>columnStep << 2;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < 8; c++) {
          const value = c < width ? load<f32>(source + <usize>c * columnBytes) : 0;
          store<f32>(at + (<usize>c << 2), value);
        }
        source += rowBytes;
        at += 32;
      }
    }
  }
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
  const panelBytes = <usize>((HEADER + segmentCount * length * 8) << 2);
  const step = count > 1 ? load<u32>(windows + 4) - load<u32>(windows) : <u32>rowBytes;
  const chunk = max(4, (CHUNK / max(4, <i32>step)) & ~3);
  if (border) memory.fill(border, 0, borderBytes);
  for (let b = 0; b < batch; b++) {
    let base = x;
    if (border) {
      copyRows(x, border + origin, height, rowBytes, pitch);
      base = border;
    }
    for (let from = 0; from < count; from += chunk) {
      const to = min(from + chunk, count);
      let panel = panels;
      for (let j = 0; j < columns; j += 8) {
        const width = min(8, columns - j);
        const out = y + (<usize>j << 2);
        for (let m = from; m < to; m += 4) {
          const m0 = <usize>m << 2;
          const m1 = <usize>min(m + 1, to - 1) << 2;
          const m2 = <usize>min(m + 2, to - 1) << 2;
          const m3 = <usize>min(m + 3, to - 1) << 2;
          tileOfRows(
            base + load<u32>(windows + m0),
            base + load<u32>(windows + m1),
            base + load<u32>(windows + m2),
            base + load<u32>(windows + m3),
            segments,
            segmentCount,
            length,
            panel,
            out + load<u32>(outRows + m0),
            out + load<u32>(outRows + m1),
            out + load<u32>(outRows + m2),
            out + load<u32>(outRows + m3),
            width,
            relu,
          );
        }
        panel += panelBytes;
      }
    }
    x += <usize>(height * rowBytes);
    y += <usize>sampleBytes;
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
  const panelBytes = <usize>(group * count) << 5;
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
    packGradient(dy, samples * count, columns, packed, panelBytes, bias);
    let panel = packed;
    for (let j = 0; j < columns; j += 8) {
      const width = min(8, columns - j);
      let out = dw + (<usize>j << 2);
      for (let s = 0; s < segmentCount; s++) {
        const a = base + load<u32>(segments + (<usize>s << 2));
        for (let k = 0; k < length; k += 4) {
          tileOfColumns(
            a + (<usize>k << 2),
            samples,
            sampleStep,
            outHeight,
            rowStep,
            outWidth,
            step,
            panel,
            out,
            pitchOut,
            min(4, length - k),
            width,
          );
          out += <usize>min(4, length - k) * pitchOut;
        }
      }
      panel += panelBytes;
    }
    x += <usize>samples * inputBytes;
    dy += <usize>samples * gradientBytes;
  }
}

/** Packs `rows` rows of dy into panels without headers, and adds their sums to `bias` if that is not 0. */
function packGradient(
  dy: usize,
  rows: i32,
  columns: i32,
  packed: usize,
  panelBytes: usize,
  bias: usize,
): void {
  const pitch = <usize>columns << 2;
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j);
    let at = packed;
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
      at += 32;
    }
    if (bias) {
      for (let c = 0; c < width; c++) {
        const sum = bias + (<usize>(j + c) << 2);
        store<f32>(sum, load<f32>(sum) + f32x4.extract_lane(low, 0));
        low = v128.shuffle<f32>(low, high, 1, 2, 3, 4);
        high = v128.shuffle<f32>(high, high, 1, 2, 3, 3);
      }
    }
    packed += panelBytes;
  }
}
