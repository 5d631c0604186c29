import type { TrackContext } from '../context.ts';
import { fftOf, powerOfTwo } from '../numeric/dft.ts';

/**
 * Sums of squared displacements over all pairs k apart, k = 0 … `last`, of a track without gaps, in O(N log N):
 * Σ (x_{i+k} − x_i)² = Σ x² of both ends − 2 × the autocorrelation, that one by Fourier transform.
 */
export function correlatedSquares({ axes, length }: TrackContext, last: number): Float64Array {
  const size = powerOfTwo(length + last);
  const fft = fftOf(size);
  const input = new Float64Array(2 * size);
  const spectrum = new Float64Array(2 * size);
  const power = new Float64Array(2 * size);
  const ends = new Float64Array(length);
  for (let a = 0; a < axes.length; a++) {
    const axis = axes[a];
    let mean = 0;
    for (let i = 0; i < length; i++) mean += axis[i] - axis[0];
    mean /= length;
    for (let i = 0; i < length; i++) {
      const x = axis[i] - axis[0] - mean;
      input[2 * i] = x;
      ends[i] += x * x;
    }
    fft.transform(spectrum, input);
    for (let i = 0; i < 2 * size; i += 2) {
      power[i] += spectrum[i] * spectrum[i] + spectrum[i + 1] * spectrum[i + 1];
    }
  }
  fft.inverseTransform(spectrum, power);
  const sums = new Float64Array(last + 1);
  let both = 0;
  for (let i = 0; i < length; i++) both += 2 * ends[i];
  for (let k = 0; k <= last; k++) {
    sums[k] = both - 2 * spectrum[2 * k];
    both -= ends[k] + ends[length - 1 - k];
  }
  return sums;
}
