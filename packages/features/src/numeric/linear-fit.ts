/** A line y = intercept + slope · x. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Ordinary least squares with intercept of the first `count` points; NaN when there are fewer than two or when all x
 * are equal. Sums are taken about the means (two passes).
 */
export function linearFit(x: Float64Array, y: Float64Array, count: number = x.length): Line {
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < count; i++) {
    meanX += x[i];
    meanY += y[i];
  }
  meanX /= count;
  meanY /= count;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < count; i++) {
    const dx = x[i] - meanX;
    sxx += dx * dx;
    sxy += dx * (y[i] - meanY);
  }
  const slope = sxx > 0 ? sxy / sxx : Number.NaN;
  return { slope, intercept: meanY - slope * meanX };
}
