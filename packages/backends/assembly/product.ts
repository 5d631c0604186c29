import { CHUNK } from './convolution';
import { isSix, isWide, panelAt, panelsEnd, ROWS, tileOfRows } from './tile';

/**
 * c = a · panels: `rows` rows of `length` floats, `pitch` bytes apart, times `columns` packed columns.
 *
 * @param zero where a zero stands: the offset of the one segment that a row has
 */
export function multiply(
  a: usize,
  pitch: i32,
  rows: i32,
  length: i32,
  panels: usize,
  columns: i32,
  c: usize,
  outPitch: i32,
  zero: usize,
  relu: bool,
): void {
  const chunk = max(ROWS, CHUNK / max(4, length << 2) / ROWS * ROWS);
  const edge = panelsEnd(panels, columns, length + 1);
  for (let from = 0; from < rows; from += chunk) {
    const to = min(from + chunk, rows);
    for (let j = 0; j < columns; ) {
      const panel = panelAt(panels, j, length + 1);
      const out = c + (<usize>j << 2);
      const left = columns - j;
      if (isWide(left)) {
        const width = min(16, left);
        panelOfRows(true, a, pitch, from, to, length, panel, width, out, outPitch, zero, edge, relu);
        j += 16;
      } else {
        const width = min(8, left);
        panelOfRows(false, a, pitch, from, to, length, panel, width, out, outPitch, zero, edge, relu);
        j += 8;
      }
    }
  }
}

/** Rows `from` to `to` of a, times one panel. */
@inline
function panelOfRows(
  wide: bool,
  a: usize,
  pitch: i32,
  from: i32,
  to: i32,
  length: i32,
  panel: usize,
  width: i32,
  c: usize,
  outPitch: i32,
  zero: usize,
  edge: usize,
  relu: bool,
): void {
  for (let m = from; m < to; ) {
    const m1 = min(m + 1, to - 1);
    const m2 = min(m + 2, to - 1);
    const m3 = min(m + 3, to - 1);
    const a0 = a + <usize>m * pitch;
    const a1 = a + <usize>m1 * pitch;
    const a2 = a + <usize>m2 * pitch;
    const a3 = a + <usize>m3 * pitch;
    const c0 = c + <usize>m * outPitch;
    const c1 = c + <usize>m1 * outPitch;
    const c2 = c + <usize>m2 * outPitch;
    const c3 = c + <usize>m3 * outPitch;
    if (isSix(to - m)) {
      const m4 = min(m + 4, to - 1);
      const m5 = min(m + 5, to - 1);
      const a4 = a + <usize>m4 * pitch;
      const a5 = a + <usize>m5 * pitch;
      const c4 = c + <usize>m4 * outPitch;
      const c5 = c + <usize>m5 * outPitch;
      tileOfRows(wide, true, a0, a1, a2, a3, a4, a5, zero, 1, length, panel, c0, c1, c2, c3, c4, c5, width, edge, relu);
      m += 6;
    } else {
      tileOfRows(wide, false, a0, a1, a2, a3, a3, a3, zero, 1, length, panel, c0, c1, c2, c3, c3, c3, width, edge, relu);
      m += 4;
    }
  }
}
