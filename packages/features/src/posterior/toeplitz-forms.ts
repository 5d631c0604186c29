import { fourierInverse, solvedSteps, spectraOf } from './fourier-inverse.ts';
import { iteratedMissing, withoutMissing } from './missing-places.ts';
import { extendPredictor } from './predictor.ts';
import { predictorRows } from './predictor-rows.ts';
import type { ToeplitzRun } from './toeplitz-run.ts';

/** Told of one run: its place in the list, ln det M of one axis and xᵀM⁻¹x over all axes. */
export type TellForm = (run: number, logDeterminant: number, square: number) => void;

/** From so many steps on the Fourier transform is the faster way. */
const FOURIER_FROM = 320;
/** From so many missing places on a part of their precision and some iterations are the faster way. */
const ITERATED_FROM = 128;

/**
 * Makes a function that gives ln det M and xᵀM⁻¹x of many runs for steps whose covariance is Toeplitz, M[s, t] =
 * `covariance[|s − t|]`. The Durbin–Levinson recursion is gone through once for all of them. Of a short run each step is
 * predicted from those before: O(n²). Of a long one the last predictor a, with the variance v of its errors, gives M⁻¹ =
 * (AAᵀ − BBᵀ)/v, A and B triangular and Toeplitz (Gohberg & Semencul 1972), so that a form is two convolutions: O(n log n).
 *
 * Missing places are integrated out: they are Gaussian given the points that are there, with the precision G, so that ln det
 * grows by ln det G and the form is the least that any places give. O(n² + m³) for m of them; of many, what is far from
 * the diagonal of G is left out of its determinant, to 0.05 of ln det, and the form is found by conjugate gradients.
 *
 * @param runs in ascending order of their numbers of steps.
 */
export function toeplitzForms(
  runs: readonly ToeplitzRun[],
): (covariance: ArrayLike<number>, tell: TellForm) => void {
  const longest = runs.length > 0 ? runs[runs.length - 1].steps[0].length : 0;
  const isShort = ({ steps }: ToeplitzRun) => steps[0].length < FOURIER_FROM;
  const longestShort = runs.findLast(isShort)?.steps[0].length ?? 0;
  const spectra = runs.map((run) => (isShort(run) ? undefined : spectraOf(run.steps)));
  const filter = new Float64Array(longest);
  const rows = predictorRows(longestShort);
  return (covariance, tell) => {
    filter[0] = 1;
    let variance = covariance[0];
    let logDeterminant = Math.log(variance);
    let next = 0;
    for (let n = 1; n <= longest; n++) {
      if (n <= longestShort) rows.write(filter, n, variance);
      const ends = () => next < runs.length && runs[next].steps[0].length === n;
      const inverse = ends() && spectra[next] ? fourierInverse(filter, n, variance) : undefined;
      for (; ends(); next++) {
        const run = runs[next];
        const { missing } = run;
        const spectrum = spectra[next];
        const solved = spectrum && inverse ? solvedSteps(inverse, spectrum, run) : rows.form(run);
        if (missing.length === 0) {
          tell(next, logDeterminant, solved.square);
          continue;
        }
        const without =
          inverse && missing.length >= ITERATED_FROM
            ? iteratedMissing(missing, filter, variance, n, solved, inverse)
            : withoutMissing(missing, filter, variance, n, solved);
        tell(next, logDeterminant + without.logDeterminant, without.square);
      }
      if (next === runs.length) return;
      variance = extendPredictor(filter, covariance, n, variance);
      logDeterminant += Math.log(variance);
    }
  };
}
