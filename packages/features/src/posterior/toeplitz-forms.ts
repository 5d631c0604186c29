import { fftOf, powerOfTwo } from '../numeric/dft.ts';
import { extendPredictor } from './predictor.ts';

/** Displacements over one frame of a track without gaps, an array per axis. */
export type Steps = readonly Float64Array[];

/** Told of one track: its place in the list, ln det M of one axis and xᵀM⁻¹x over all axes. */
export type TellForm = (track: number, logDeterminant: number, square: number) => void;

/** From so many steps on the Fourier transform is the faster way. */
const FOURIER_FROM = 96;

/**
 * Makes a function that gives ln det M and xᵀM⁻¹x of many tracks for a Toeplitz matrix M, M[s, t] = `covariance[|s − t|]`. The
 * Durbin–Levinson recursion is gone through once for all tracks; at each track's length its last predictor a, with the
 * variance v of its errors, gives M⁻¹ = (AAᵀ − BBᵀ)/v, A and B triangular and Toeplitz (Gohberg & Semencul 1972), so that a
 * form is two convolutions: O(n log n) for each track.
 *
 * @param tracks in ascending order of their numbers of steps, of one number of axes.
 */
export function toeplitzForms(
  tracks: readonly Steps[],
): (covariance: ArrayLike<number>, tell: TellForm) => void {
  const longest = tracks.length > 0 ? tracks[tracks.length - 1][0].length : 0;
  const spectra = tracks.map((steps) =>
    steps[0].length < FOURIER_FROM ? undefined : spectraOf(steps),
  );
  const sizes = powerOfTwo(2 * longest);
  const filter = new Float64Array(longest);
  const room = { a: new Float64Array(2 * sizes), b: new Float64Array(2 * sizes) };
  const product = new Float64Array(2 * sizes);
  const back = new Float64Array(2 * sizes);
  return (covariance, tell) => {
    filter[0] = 1;
    let variance = covariance[0];
    let logDeterminant = Math.log(variance);
    let next = 0;
    for (let n = 1; n <= longest; n++) {
      if (tracks[next][0].length === n) {
        const fourier = spectra[next] && filterSpectra(filter, n, room);
        while (next < tracks.length && tracks[next][0].length === n) {
          const square = fourier
            ? fourierSquare(spectra[next] as Spectra, fourier, n, product, back)
            : directSquare(tracks[next], filter, n);
          tell(next, logDeterminant, square / variance);
          next++;
        }
        if (next === tracks.length) return;
      }
      variance = extendPredictor(filter, covariance, n, variance);
      logDeterminant += Math.log(variance);
    }
  };
}

/** |Aᵀx|² − |Bᵀx|². */
function directSquare(steps: Steps, a: Float64Array, n: number): number {
  let square = 0;
  for (const x of steps) {
    for (let j = 0; j < n; j++) {
      let byA = x[j];
      let byB = 0;
      for (let i = j + 1; i < n; i++) {
        byA += a[i - j] * x[i];
        byB += a[n - i + j] * x[i];
      }
      square += byA * byA - byB * byB;
    }
  }
  return square;
}

/** Transforms of the axes, two in one. */
type Spectra = readonly ArrayLike<number>[];

function spectraOf(steps: Steps): Spectra {
  const n = steps[0].length;
  const size = powerOfTwo(2 * n);
  const fft = fftOf(size);
  const spectra: Float64Array[] = [];
  for (let axis = 0; axis < steps.length; axis += 2) {
    const signal = new Float64Array(2 * size);
    for (let i = 0; i < n; i++) {
      signal[2 * i] = steps[axis][i];
      if (axis + 1 < steps.length) signal[2 * i + 1] = steps[axis + 1][i];
    }
    const spectrum = new Float64Array(2 * size);
    fft.transform(spectrum as unknown as number[], signal as unknown as number[]);
    spectra.push(spectrum);
  }
  return spectra;
}

interface FilterSpectra {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly size: number;
}

function filterSpectra(
  filter: Float64Array,
  n: number,
  room: { readonly a: Float64Array; readonly b: Float64Array },
): FilterSpectra {
  const size = powerOfTwo(2 * n);
  const fft = fftOf(size);
  const signal = new Float64Array(2 * size);
  const a = room.a.subarray(0, 2 * size);
  const b = room.b.subarray(0, 2 * size);
  for (let i = 0; i < n; i++) signal[2 * i] = filter[i];
  fft.transform(a as unknown as number[], signal as unknown as number[]);
  signal.fill(0);
  for (let i = 1; i < n; i++) signal[2 * i] = filter[n - i];
  fft.transform(b as unknown as number[], signal as unknown as number[]);
  return { a, b, size };
}

function fourierSquare(
  spectra: Spectra,
  { a, b, size }: FilterSpectra,
  n: number,
  product: Float64Array,
  back: Float64Array,
): number {
  let square = 0;
  for (const spectrum of spectra) {
    square += energy(spectrum, a, size, n, product, back);
    square -= energy(spectrum, b, size, n, product, back);
  }
  return square;
}

/** Sum of squares of the first n places of the correlation of a signal with a filter. */
function energy(
  signal: ArrayLike<number>,
  filter: Float64Array,
  size: number,
  n: number,
  product: Float64Array,
  back: Float64Array,
): number {
  for (let k = 0; k < 2 * size; k += 2) {
    const re = signal[k] * filter[k] + signal[k + 1] * filter[k + 1];
    const im = signal[k + 1] * filter[k] - signal[k] * filter[k + 1];
    // The conjugate, so that a forward transform goes back.
    product[k] = re;
    product[k + 1] = -im;
  }
  fftOf(size).transform(back as unknown as number[], product as unknown as number[]);
  let sum = 0;
  for (let k = 0; k < 2 * n; k++) sum += back[k] * back[k];
  return sum / (size * size);
}
