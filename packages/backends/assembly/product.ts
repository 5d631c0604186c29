import { CHUNK } from './convolution';
import { HEADER, tileOfRows } from './tile';

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
  const panelBytes = <usize>((HEADER + length * 8) << 2);
  const chunk = max(4, (CHUNK / max(4, length << 2)) & ~3);
  for (let from = 0; from < rows; from += chunk) {
    const to = min(from + chunk, rows);
    let panel = panels;
    for (let j = 0; j < columns; j += 8) {
      const width = min(8, columns - j);
      const out = c + (<usize>j << 2);
      for (let m = from; m < to; m += 4) {
        const m1 = min(m + 1, to - 1);
        const m2 = min(m + 2, to - 1);
        const m3 = min(m + 3, to - 1);
        tileOfRows(
          a + <usize>m * pitch,
          a + <usize>m1 * pitch,
          a + <usize>m2 * pitch,
          a + <usize>m3 * pitch,
          zero,
          1,
          length,
          panel,
          out + <usize>m * outPitch,
          out + <usize>m1 * outPitch,
          out + <usize>m2 * outPitch,
          out + <usize>m3 * outPitch,
          width,
          relu,
        );
      }
      panel += panelBytes;
    }
  }
}
