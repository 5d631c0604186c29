import FFT from 'fft.js';

/** Discrete Fourier transform of one length. */
interface Plan {
  readonly transform: (re: Float64Array, im: Float64Array) => void;
}

const MAX_PLANS = 64;
const plans = new Map<number, Plan>();
const engines = new Map<number, FFT>();

/** The fft.js engine of a power of two, kept. */
export function fftOf(size: number): FFT {
  let engine = engines.get(size);
  if (!engine) {
    engine = new FFT(size);
    engines.set(size, engine);
  }
  return engine;
}

/** Smallest power of two that is at least n, and at least 2. */
export function powerOfTwo(n: number): number {
  let size = 2;
  while (size < n) size *= 2;
  return size;
}

/**
 * Discrete Fourier transform of any length, in place: X_k = Σ_j x_j e^(−2πi jk/N), x = re + i·im.
 * Lengths that are no power of two go through Bluestein's chirp convolution, in O(N log N).
 */
export function dft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  let plan = plans.get(n);
  if (!plan) {
    if (plans.size >= MAX_PLANS) plans.delete(plans.keys().next().value as number);
    plan = n >= 2 && (n & (n - 1)) === 0 ? powerOfTwoPlan(n) : bluestein(n);
    plans.set(n, plan);
  }
  plan.transform(re, im);
}

function powerOfTwoPlan(n: number): Plan {
  const fft = fftOf(n);
  const input = new Float64Array(2 * n);
  const output = new Float64Array(2 * n);
  return {
    transform(re, im) {
      for (let i = 0; i < n; i++) {
        input[2 * i] = re[i];
        input[2 * i + 1] = im[i];
      }
      fft.transform(output, input);
      for (let i = 0; i < n; i++) {
        re[i] = output[2 * i];
        im[i] = output[2 * i + 1];
      }
    },
  };
}

function bluestein(n: number): Plan {
  const size = powerOfTwo(2 * n - 1);
  const fft = fftOf(size);
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // i² modulo 2n keeps the argument, and with it the rounding error, small.
    const angle = (Math.PI * ((i * i) % (2 * n))) / n;
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
  }
  const a = new Float64Array(2 * size);
  const b = new Float64Array(2 * size);
  const chirp = new Float64Array(2 * size);
  for (let i = 0; i < n; i++) {
    a[2 * i] = cos[i];
    a[2 * i + 1] = sin[i];
    if (i > 0) {
      a[2 * (size - i)] = cos[i];
      a[2 * (size - i) + 1] = sin[i];
    }
  }
  fft.transform(chirp, a);
  return {
    transform(re, im) {
      a.fill(0, 2 * n);
      for (let i = 0; i < n; i++) {
        a[2 * i] = re[i] * cos[i] + im[i] * sin[i];
        a[2 * i + 1] = im[i] * cos[i] - re[i] * sin[i];
      }
      fft.transform(b, a);
      // The inverse transform is the forward one of the conjugate, conjugated.
      for (let i = 0; i < 2 * size; i += 2) {
        const x = b[i];
        const y = b[i + 1];
        b[i] = x * chirp[i] - y * chirp[i + 1];
        b[i + 1] = -(x * chirp[i + 1] + y * chirp[i]);
      }
      fft.transform(a, b);
      for (let i = 0; i < n; i++) {
        const x = a[2 * i] / size;
        const y = -a[2 * i + 1] / size;
        re[i] = x * cos[i] + y * sin[i];
        im[i] = y * cos[i] - x * sin[i];
      }
    },
  };
}
