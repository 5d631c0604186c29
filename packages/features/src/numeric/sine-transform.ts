import { dft } from './dft.ts';

/**
 * Squares of the orthonormal type-I sine transform of several sequences of one length n, summed over the sequences:
 * c_k = √(2/(n+1)) Σ_j sin(πjk/(n+1)) x_j, k = 1 … n. Two sequences go through one complex Fourier transform of the odd
 * extension, of length 2(n + 1).
 */
export function sineTransform(sequences: readonly Float64Array[]): Float64Array {
  const n = sequences[0].length;
  const size = 2 * (n + 1);
  const squares = new Float64Array(n);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let s = 0; s < sequences.length; s += 2) {
    re.fill(0);
    im.fill(0);
    for (let j = 0; j < n; j++) {
      re[j + 1] = sequences[s][j];
      re[size - 1 - j] = -sequences[s][j];
      if (s + 1 < sequences.length) {
        im[j + 1] = sequences[s + 1][j];
        im[size - 1 - j] = -sequences[s + 1][j];
      }
    }
    dft(re, im);
    // The transform is −2i times the sine sums of `re`, plus 2 times those of `im`.
    for (let k = 0; k < n; k++) {
      squares[k] += (re[k + 1] * re[k + 1] + im[k + 1] * im[k + 1]) / size;
    }
  }
  return squares;
}
