import { chiSquareRatio } from '../numeric/wilson-hilferty.ts';

/** An estimated quantity with its uncertainty. NaN stands for what is not defined. */
export interface Estimate {
  readonly value: number;
  /** Standard deviation of the estimator, from the covariance of the lags of the MSD or the Fisher information. */
  readonly standardError: number;
  /** Expected value less true value, to second order; not subtracted from `value`, but from the interval. NaN: not known (the found one is in docs/features.md). */
  readonly bias: number;
  /** 95 % confidence interval. */
  readonly interval: readonly [low: number, high: number];
}

/** Half-width of a 95 % interval in standard deviations. */
export const Z95 = 1.959963984540054;

/** What an estimator gives for a track it is not defined on. */
export const UNDEFINED: Estimate = {
  value: Number.NaN,
  standardError: Number.NaN,
  bias: Number.NaN,
  interval: [Number.NaN, Number.NaN],
};

/** An estimate that is about normally distributed, such as α or a variance of noise. */
export function normalEstimate(value: number, standardError: number, bias = 0): Estimate {
  const known = knownBias(bias, standardError);
  const centre = value - (known || 0);
  return {
    value,
    standardError,
    bias: known,
    interval: [centre - Z95 * standardError, centre + Z95 * standardError],
  };
}

/** A bias of second order that is larger than the standard error is no small correction: it is not known. */
function knownBias(bias: number, standardError: number): number {
  return Math.abs(bias) > standardError ? Number.NaN : bias;
}

/**
 * An estimate of a positive quantity whose standard deviation is proportional to it, such as D: a mean of squares, so
 * value/truth is about χ²_ν/ν with ν = 2/relativeError². The interval is NaN when the value is not positive, and its
 * upper end is Infinity when the data do not bound it.
 */
export function positiveEstimate(value: number, relativeError: number, bias = 0): Estimate {
  if (!(value > 0)) {
    return { value, standardError: Number.NaN, bias, interval: [Number.NaN, Number.NaN] };
  }
  const degrees = 2 / (relativeError * relativeError);
  return {
    value,
    standardError: value * relativeError,
    bias,
    interval: [value / chiSquareRatio(degrees, Z95), value / chiSquareRatio(degrees, -Z95)],
  };
}

/** An estimate of a positive quantity whose logarithm is about normally distributed, such as a generalised D. */
export function logEstimate(logValue: number, logError: number, logBias = 0): Estimate {
  const value = Math.exp(logValue);
  const known = knownBias(logBias, logError);
  const centre = logValue - (known || 0);
  return {
    value,
    standardError: value * logError,
    bias: value * -Math.expm1(-known),
    interval: [Math.exp(centre - Z95 * logError), Math.exp(centre + Z95 * logError)],
  };
}
