import { exp, ln, pow } from '@diffusion/random';

/** From this lag on the difference of powers loses digits and the series in 1/k² is exact to rounding. */
const SERIES_FROM = 12;
const TERMS = 8;

/**
 * Covariance of unit fractional Gaussian noise at the lags 0 … `lags` − 1:
 * γ(k) = ½(|k+1|^α − 2|k|^α + |k−1|^α), α = 2H (Mandelbrot & Van Ness 1968).
 *
 * From lag 12 on as k^α Σⱼ C(α, 2j) k^(−2j): the difference of three powers would lose up to 2·log₁₀ k digits.
 */
export function fgnCovariance(alpha: number, lags: number): Float64Array {
  const gamma = new Float64Array(lags);
  const powers = new Float64Array(SERIES_FROM + 1);
  for (let k = 0; k < powers.length; k++) powers[k] = pow(k, alpha);
  for (let k = 0; k < Math.min(lags, SERIES_FROM); k++) {
    gamma[k] = 0.5 * (powers[k + 1] - 2 * powers[k] + (k === 0 ? powers[1] : powers[k - 1]));
  }
  const series = binomials(alpha);
  const exponent = alpha - 2;
  for (let k = SERIES_FROM; k < lags; k++) {
    const z = 1 / (k * k);
    let sum = series[TERMS - 1];
    for (let j = TERMS - 2; j >= 0; j--) sum = sum * z + series[j];
    gamma[k] = sum * exp(exponent * ln(k));
  }
  return gamma;
}

/** From this lag on the differences of the averaged law lose digits: its steps reach twice as far. */
const AVERAGED_SERIES_FROM = 24;
/** Up to this exposure a series in it is exact to rounding, where the closed form would divide a difference by it. */
const SHORT_EXPOSURE = 0.3;
const SHORT_TERMS = 16;

/**
 * Covariance at the lags 0 … `lags` − 1 of the steps between mean places, each the mean of unit fractional Brownian motion
 * over an `exposure` (of a unit step, above 0 and at most 1): γ(k) = ½(g(k+1) − 2g(k) + g(k−1)) with g(k) the mean of
 * |k + u − v|^α over u and v in the exposure, (|k+τ|^(α+2) − 2|k|^(α+2) + |k−τ|^(α+2))/(τ²(α+1)(α+2)). For α = 1 that is
 * 1 − τ/3, τ/6, 0, … (Berglund 2010, Phys. Rev. E 82, 011917).
 */
export function averagedFgnCovariance(alpha: number, exposure: number, lags: number): Float64Array {
  const gamma = new Float64Array(lags);
  const direct = Math.min(lags, AVERAGED_SERIES_FROM);
  const mean = meanPowers(alpha, exposure, direct + 1);
  for (let k = 0; k < direct; k++) {
    gamma[k] = 0.5 * (mean[k + 1] - 2 * mean[k] + (k === 0 ? mean[1] : mean[k - 1]));
  }
  if (lags <= direct) return gamma;
  const series = binomials(alpha).map((binomial, j) => binomial * stepMoment(exposure, j + 1));
  const exponent = alpha - 2;
  for (let k = direct; k < lags; k++) {
    const z = 1 / (k * k);
    let sum = series[TERMS - 1];
    for (let j = TERMS - 2; j >= 0; j--) sum = sum * z + series[j];
    gamma[k] = sum * exp(exponent * ln(k));
  }
  return gamma;
}

/**
 * ⟨(w + 1)^(2n)⟩ − ⟨w^(2n)⟩ of the difference w of two places uniform in an exposure τ, whose moment 2j is
 * 2τ^(2j)/((2j+1)(2j+2)).
 */
function stepMoment(exposure: number, n: number): number {
  let sum = 0;
  let choose = 1;
  let power = 1;
  for (let j = 0; j < n; j++) {
    sum += (choose * 2 * power) / ((2 * j + 1) * (2 * j + 2));
    power *= exposure * exposure;
    choose *= ((2 * n - 2 * j) * (2 * n - 2 * j - 1)) / ((2 * j + 1) * (2 * j + 2));
  }
  return sum;
}

/** ⟨|k + w|^α⟩, k = 0 … count − 1. */
function meanPowers(alpha: number, exposure: number, count: number): Float64Array {
  const mean = new Float64Array(count);
  const scale = 1 / ((alpha + 1) * (alpha + 2));
  mean[0] = 2 * pow(exposure, alpha) * scale;
  for (let k = 1; k < count; k++) {
    if (exposure > SHORT_EXPOSURE) {
      const sum =
        pow(k + exposure, alpha + 2) - 2 * pow(k, alpha + 2) + pow(k - exposure, alpha + 2);
      mean[k] = (sum * scale) / (exposure * exposure);
      continue;
    }
    const ratio = (exposure / k) * (exposure / k);
    let sum = 0;
    let term = 1; // C(α, 2n) (τ/k)^(2n)
    for (let n = 0; n < SHORT_TERMS; n++) {
      sum += (term * 2) / ((2 * n + 1) * (2 * n + 2));
      term *= ((ratio * (alpha - 2 * n)) / (2 * n + 1)) * ((alpha - 2 * n - 1) / (2 * n + 2));
    }
    mean[k] = pow(k, alpha) * sum;
  }
  return mean;
}

/** C(α, 2), C(α, 4), …, C(α, 2·TERMS). */
function binomials(alpha: number): Float64Array {
  const series = new Float64Array(TERMS);
  let term = 1;
  for (let j = 1; j <= 2 * TERMS; j++) {
    term *= (alpha - j + 1) / j;
    if (j % 2 === 0) series[j / 2 - 1] = term;
  }
  return series;
}
