import { cosTurns, sinTurns } from '@diffusion/random';

/** What a transform of one size needs: made once per size. */
export interface Fourier {
  /** Number of complex points, a power of two. */
  readonly size: number;
  /** Place j of the input holds element `order[j]`: reading order of the transform (bit reversal). */
  readonly order: Uint32Array;
  /** The factors of every radix-4 pass in the order in which they are used. */
  readonly factors: Float64Array;
}

const ROOT_HALF = Math.sqrt(0.5);

/** Tables for a transform of `size` complex points, a power of two, with pinned sines and cosines. */
export function makeFourier(size: number): Fourier {
  const order = new Uint32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
  let count = 0;
  for (let h = firstBlocks(size); 4 * h <= size; h *= 4) count += 6 * h;
  const factors = new Float64Array(count);
  let at = 0;
  for (let h = firstBlocks(size); 4 * h <= size; h *= 4) {
    for (let k = 0; k < h; k++) {
      for (let power = 1; power <= 3; power++) {
        factors[at++] = cosTurns((power * k) / (4 * h));
        factors[at++] = sinTurns((power * k) / (4 * h));
      }
    }
  }
  return { size, order, factors };
}

/**
 * Length of the blocks that the first pass, which needs no factors, leaves: 4 or 8, so that radix-4 passes
 * do the rest.
 */
function firstBlocks(size: number): number {
  if (size < 8) return size;
  return (31 - Math.clz32(size)) & 1 ? 8 : 4;
}

/**
 * X[k] = Σⱼ x[j] exp(+2πi jk / size), in place. `z` holds real and imaginary parts interleaved; place j holds
 * element `fourier.order[j]` on entry, and the result is in natural order. With `half`, only the first half
 * of the result is computed, and what lies behind it is not defined.
 */
export function transform(fourier: Fourier, z: Float64Array, half = false): void {
  const { size, factors } = fourier;
  const end = 2 * size;
  let h = firstBlocks(size);
  if (h === 8) blocksOf8(z, end);
  else if (h === 4) blocksOf4(z, end);
  else if (h === 2) blocksOf2(z);
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

/** The transform of two points. */
function blocksOf2(z: Float64Array): void {
  const re = z[2];
  const im = z[3];
  z[2] = z[0] - re;
  z[3] = z[1] - im;
  z[0] += re;
  z[1] += im;
}

/** Transforms of four points each, in bit-reversed order: x₀ x₂ x₁ x₃. */
function blocksOf4(z: Float64Array, end: number): void {
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
}

/**
 * Transforms of eight points each, in bit-reversed order: the even ones x₀ x₄ x₂ x₆, then the odd ones x₁ x₅
 * x₃ x₇.
 */
function blocksOf8(z: Float64Array, end: number): void {
  for (let p = 0; p < end; p += 16) {
    let sumRe = z[p] + z[p + 2];
    let sumIm = z[p + 1] + z[p + 3];
    let difRe = z[p] - z[p + 2];
    let difIm = z[p + 1] - z[p + 3];
    let sum2Re = z[p + 4] + z[p + 6];
    let sum2Im = z[p + 5] + z[p + 7];
    let dif2Re = z[p + 4] - z[p + 6];
    let dif2Im = z[p + 5] - z[p + 7];
    const e0Re = sumRe + sum2Re;
    const e0Im = sumIm + sum2Im;
    const e1Re = difRe - dif2Im;
    const e1Im = difIm + dif2Re;
    const e2Re = sumRe - sum2Re;
    const e2Im = sumIm - sum2Im;
    const e3Re = difRe + dif2Im;
    const e3Im = difIm - dif2Re;
    sumRe = z[p + 8] + z[p + 10];
    sumIm = z[p + 9] + z[p + 11];
    difRe = z[p + 8] - z[p + 10];
    difIm = z[p + 9] - z[p + 11];
    sum2Re = z[p + 12] + z[p + 14];
    sum2Im = z[p + 13] + z[p + 15];
    dif2Re = z[p + 12] - z[p + 14];
    dif2Im = z[p + 13] - z[p + 15];
    const o0Re = sumRe + sum2Re;
    const o0Im = sumIm + sum2Im;
    // Times exp(iπk/4), k = 1, 2, 3.
    const a = difRe - dif2Im;
    const b = difIm + dif2Re;
    const o1Re = ROOT_HALF * (a - b);
    const o1Im = ROOT_HALF * (a + b);
    const o2Re = sum2Im - sumIm;
    const o2Im = sumRe - sum2Re;
    const c = difRe + dif2Im;
    const d = difIm - dif2Re;
    const o3Re = -ROOT_HALF * (c + d);
    const o3Im = ROOT_HALF * (c - d);
    z[p] = e0Re + o0Re;
    z[p + 1] = e0Im + o0Im;
    z[p + 2] = e1Re + o1Re;
    z[p + 3] = e1Im + o1Im;
    z[p + 4] = e2Re + o2Re;
    z[p + 5] = e2Im + o2Im;
    z[p + 6] = e3Re + o3Re;
    z[p + 7] = e3Im + o3Im;
    z[p + 8] = e0Re - o0Re;
    z[p + 9] = e0Im - o0Im;
    z[p + 10] = e1Re - o1Re;
    z[p + 11] = e1Im - o1Im;
    z[p + 12] = e2Re - o2Re;
    z[p + 13] = e2Im - o2Im;
    z[p + 14] = e3Re - o3Re;
    z[p + 15] = e3Im - o3Im;
  }
}
