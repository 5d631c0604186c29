import { dft } from './dft.ts';

/**
 * Squares of the orthonormal type-I sine transform of several sequences of one length n, summed over the sequences:
 * c_k = √(2/(n+1)) Σ_j sin(πjk/(n+1)) x_j, k = 1 … n. By the auxiliary sequence of Press et al. (Numerical Recipes,
 * "sinft"), whose Fourier transform of length n + 1 gives the even sums and the differences of the odd ones; two
 * sequences go through one complex transform.
 */
export function sineTransform(sequences: readonly Float64Array[]): Float64Array {
  const n = sequences[0].length;
  const size = n + 1;
  const squares = new Float64Array(n);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let s = 0; s < sequences.length; s += 2) {
    fold(sequences[s], re);
    if (s + 1 < sequences.length) fold(sequences[s + 1], im);
    else im.fill(0);
    dft(re, im);
    addSquares(squares, re, im);
  }
  return squares;
}

/** y_j = sin(πj/N)(x_j + x_{N−j}) + ½(x_j − x_{N−j}), x_0 = 0. */
function fold(x: Float64Array, y: Float64Array): void {
  const size = y.length;
  y[0] = 0;
  for (let j = 1; j < size; j++) {
    const a = x[j - 1];
    const b = x[size - 1 - j];
    y[j] = Math.sin((Math.PI * j) / size) * (a + b) + (a - b) / 2;
  }
}

/** Unfolds the transforms of the sequences behind the real and the imaginary part. */
function addSquares(squares: Float64Array, re: Float64Array, im: Float64Array): void {
  const size = re.length;
  const weight = 2 / size;
  let odd1 = re[0] / 2;
  let odd2 = im[0] / 2;
  for (let k = 0; 2 * k < size; k++) {
    const j = k === 0 ? 0 : size - k;
    if (k > 0) {
      // The even sums are minus the imaginary parts of the two transforms, the odd ones grow by their real parts.
      const even1 = (im[j] - im[k]) / 2;
      const even2 = (re[k] - re[j]) / 2;
      squares[2 * k - 1] += weight * (even1 * even1 + even2 * even2);
      odd1 += (re[k] + re[j]) / 2;
      odd2 += (im[k] + im[j]) / 2;
    }
    if (2 * k < size - 1) squares[2 * k] += weight * (odd1 * odd1 + odd2 * odd2);
  }
}
