import { cosTurns, sinTurns } from '../pinned/turns.ts';

/** What a transform of one size needs: made once per size. */
export interface Fourier {
  /** Number of complex points, a power of two. */
  readonly size: number;
  /** Place j of the input holds element `order[j]`: reading order of the transform (bit reversal). */
  readonly order: Uint32Array;
  /** The factors of every radix-4 pass in the order in which they are used. */
  readonly factors: Float64Array;
}

/** Tables for a transform of `size` complex points, a power of two, with pinned sines and cosines. */
export function makeFourier(size: number): Fourier {
  const bits = 31 - Math.clz32(size);
  const order = new Uint32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
  let count = 0;
  for (let h = firstRadix4(bits); 4 * h <= size; h *= 4) if (h > 1) count += 6 * h;
  const factors = new Float64Array(count);
  let at = 0;
  for (let h = firstRadix4(bits); 4 * h <= size; h *= 4) {
    if (h === 1) continue;
    for (let k = 0; k < h; k++) {
      for (let power = 1; power <= 3; power++) {
        factors[at++] = cosTurns((power * k) / (4 * h));
        factors[at++] = sinTurns((power * k) / (4 * h));
      }
    }
  }
  return { size, order, factors };
}

/** Length of the blocks on which the first radix-4 pass works: 2 after a radix-2 pass when log₂ size is odd. */
const firstRadix4 = (bits: number): number => (bits & 1 ? 2 : 1);

/**
 * X[k] = Σⱼ x[j] exp(+2πi jk / size), in place. `z` holds real and imaginary parts interleaved; place j holds element
 * `fourier.order[j]` on entry, and the result is in natural order. With `half`, only the first half of the result is
 * computed, and what lies behind it is not defined.
 */
export function transform(fourier: Fourier, z: Float64Array, half = false): void {
  const { size, factors } = fourier;
  const end = 2 * size;
  let h = 1;
  if ((31 - Math.clz32(size)) & 1) {
    for (let p = 0; p < end; p += 4) {
      const re = z[p + 2];
      const im = z[p + 3];
      z[p + 2] = z[p] - re;
      z[p + 3] = z[p + 1] - im;
      z[p] += re;
      z[p + 1] += im;
    }
    h = 2;
  } else if (size >= 4) {
    for (let p = 0; p < end; p += 8) {
      const sumRe = z[p] + z[p + 2];
      const sumIm = z[p + 1] + z[p + 3];
      const difRe = z[p] - z[p + 2];
      const difIm = z[p + 1] - z[p + 3];
      const oddSumRe = z[p + 4] + z[p + 6];
      const oddSumIm = z[p + 5] + z[p + 7];
      const oddDifRe = z[p + 4] - z[p + 6];
      const oddDifIm = z[p + 5] - z[p + 7];
      z[p] = sumRe + oddSumRe;
      z[p + 1] = sumIm + oddSumIm;
      z[p + 2] = difRe - oddDifIm;
      z[p + 3] = difIm + oddDifRe;
      z[p + 4] = sumRe - oddSumRe;
      z[p + 5] = sumIm - oddSumIm;
      z[p + 6] = difRe + oddDifIm;
      z[p + 7] = difIm - oddDifRe;
    }
    h = 4;
  }
  let table = 0;
  for (; 4 * h <= size; h *= 4) {
    const step = 2 * h;
    const last = half && 4 * h === size;
    for (let base = 0; base < end; base += 4 * step) {
      let f = table;
      for (let p = base; p < base + step; p += 2) {
        const q = p + step;
        const r = q + step;
        const s = r + step;
        let re = z[r];
        let im = z[r + 1];
        const t1Re = re * factors[f] - im * factors[f + 1];
        const t1Im = re * factors[f + 1] + im * factors[f];
        re = z[q];
        im = z[q + 1];
        const t2Re = re * factors[f + 2] - im * factors[f + 3];
        const t2Im = re * factors[f + 3] + im * factors[f + 2];
        re = z[s];
        im = z[s + 1];
        const t3Re = re * factors[f + 4] - im * factors[f + 5];
        const t3Im = re * factors[f + 5] + im * factors[f + 4];
        f += 6;
        const sumRe = z[p] + t2Re;
        const sumIm = z[p + 1] + t2Im;
        const difRe = z[p] - t2Re;
        const difIm = z[p + 1] - t2Im;
        const oddSumRe = t1Re + t3Re;
        const oddSumIm = t1Im + t3Im;
        const oddDifRe = t1Re - t3Re;
        const oddDifIm = t1Im - t3Im;
        z[p] = sumRe + oddSumRe;
        z[p + 1] = sumIm + oddSumIm;
        z[q] = difRe - oddDifIm;
        z[q + 1] = difIm + oddDifRe;
        if (last) continue;
        z[r] = sumRe - oddSumRe;
        z[r + 1] = sumIm - oddSumIm;
        z[s] = difRe + oddDifIm;
        z[s + 1] = difIm - oddDifRe;
      }
    }
    table += 6 * h;
  }
}
