import { blurredVariogram, variogramFunction } from './blurred-variogram.ts';
import { confinedVariogram } from './confined-variogram.ts';
import type { Subject } from './subject.ts';
import { toeplitzForms } from './toeplitz-forms.ts';

/** What the coordinate beside ln Q is: α of fractional Brownian motion, or ln of a well's rate, frames over relaxation time. */
export type GridLaw = 'fbm' | 'confined';

/** Exponents, or logarithms of a well's rate, and ln Q, in all pairs: Q² is the variance of the motion over one frame against that of the noise. */
export interface Nodes {
  readonly law: GridLaw;
  readonly coordinates: ArrayLike<number>;
  readonly logQs: ArrayLike<number>;
  readonly exposure: number;
}

/** ln det of the covariance of one axis and the quadratic form over all, at coordinate × Q, for one track. */
export interface FormsOnNodes {
  readonly logDeterminants: Float64Array;
  readonly squares: Float64Array;
}

/** Shares of a step's variance: Q²/(Q² + 2) of the motion, and 1/(Q² + 2), twice, of the two errors; Q may be infinite. */
export function sharesOf(logQ: number): { readonly motion: number; readonly noise: number } {
  const noise = 1 / (Math.exp(2 * logQ) + 2);
  return { motion: 1 - 2 * noise, noise };
}

/**
 * What the likelihood of each track needs at each node, for steps of unit variance (motion Q²/(Q² + 2), two errors of
 * 1/(Q² + 2) each). All go through the recursion of each node together.
 */
export function formsOnNodes(
  subjects: readonly Subject[],
  which: keyof Subject['runs'],
  { law, coordinates, logQs, exposure }: Nodes,
): FormsOnNodes[] {
  const size = coordinates.length * logQs.length;
  const out = subjects.map(() => ({
    logDeterminants: new Float64Array(size),
    squares: new Float64Array(size),
  }));
  const toeplitz: { readonly owner: number; readonly run: Extract<Run, { kind: 'toeplitz' }> }[] =
    [];
  const dense: { readonly owner: number; readonly run: Extract<Run, { kind: 'dense' }> }[] = [];
  let span = 1;
  subjects.forEach(({ runs }, owner) => {
    for (const run of runs[which]) {
      if (run.kind === 'toeplitz') toeplitz.push({ owner, run });
      else dense.push({ owner, run });
      span = Math.max(span, run.kind === 'toeplitz' ? run.steps[0].length : TABLE);
    }
  });
  toeplitz.sort((a, b) => a.run.steps[0].length - b.run.steps[0].length);
  const forms = toeplitzForms(toeplitz.map(({ run }) => run));
  const unit = new Float64Array(span + 1);
  const covariance = new Float64Array(span + 1);
  for (let a = 0, node = 0; a < coordinates.length; a++) {
    const [variogram, lookUp] = variogramsOf(law, coordinates[a], exposure, span + 1);
    for (let k = 0; k <= span; k++) {
      unit[k] = (variogram[k + 1] + variogram[k === 0 ? 1 : k - 1] - 2 * variogram[k]) / 2;
    }
    for (let q = 0; q < logQs.length; q++, node++) {
      const { motion, noise } = sharesOf(logQs[q]);
      for (let k = 0; k <= span; k++) covariance[k] = motion * unit[k];
      covariance[0] += 2 * noise;
      covariance[1] -= noise;
      const add = (owner: number, logDeterminant: number, square: number): void => {
        out[owner].logDeterminants[node] += logDeterminant;
        out[owner].squares[node] += square;
      };
      forms(covariance, (i, logDeterminant, square) =>
        add(toeplitz[i].owner, logDeterminant, square),
      );
      for (const { owner, run } of dense) {
        const { logDeterminant, square } = run.form(lookUp, motion, noise);
        add(owner, logDeterminant, square);
      }
    }
  }
  return out;
}

/** The variogram up to a lag in a table, and of any. */
function variogramsOf(
  law: GridLaw,
  coordinate: number,
  exposure: number,
  largest: number,
): [Float64Array, (lag: number) => number] {
  if (law === 'confined') {
    const lookUp = confinedVariogram(Math.exp(coordinate), exposure);
    return [Float64Array.from({ length: largest + 1 }, (_, k) => lookUp(k)), lookUp];
  }
  const table = blurredVariogram(coordinate, exposure, largest);
  return [table, variogramFunction(table, coordinate, exposure)];
}

type Run = Subject['runs']['whole'][number];

/** Lags of which dense runs find the variogram in a table. */
const TABLE = 512;
