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
