import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/**
 * How the lags of an MSD are weighted in a line through them: all alike, each by its variance, or by the whole
 * covariance, neighbouring lags being strongly correlated.
 */
export type Weighting = 'ordinary' | 'weighted' | 'generalised';

/**
 * The matrix B with θ = B·y, the least-squares parameters of y ≈ X·θ. `covariance` is that of y, and `variances` its
 * diagonal or what stands for it.
 */
export function leastSquares(
  design: Matrix,
  weighting: Weighting,
  covariance: () => Matrix,
  variances: () => ArrayLike<number>,
): Matrix {
  let weighted = design.clone();
  if (weighting === 'weighted') {
    const diagonal = variances();
    for (let i = 0; i < weighted.rows; i++) weighted.mulRow(i, 1 / diagonal[i]);
  } else if (weighting === 'generalised') {
    weighted = factorOf(covariance()).solve(design);
  }
  const normal = weighted.transpose().mmul(design);
  return invert(normal).mmul(weighted.transpose());
}

/** The Cholesky factor of a covariance, its diagonal raised by 1e-12 so that rounding cannot make it singular. */
export function factorOf(covariance: Matrix): CholeskyDecomposition {
  const raised = covariance.clone();
  for (let i = 0; i < raised.rows; i++) raised.set(i, i, raised.get(i, i) * (1 + 1e-12));
  return new CholeskyDecomposition(raised);
}

/** Inverse of a 2 × 2 matrix. */
function invert(m: Matrix): Matrix {
  const [a, b, c, d] = [m.get(0, 0), m.get(0, 1), m.get(1, 0), m.get(1, 1)];
  const determinant = a * d - b * c;
  return new Matrix([
    [d / determinant, -b / determinant],
    [-c / determinant, a / determinant],
  ]);
}
