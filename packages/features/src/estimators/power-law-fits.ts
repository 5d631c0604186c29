import { goldenSection } from '../numeric/golden-section.ts';

/** A fit of A·t^a + c to values at lags: exponent, amplitude in units of lag^a, and offset. */
export interface PowerLawFit {
  readonly exponent: number;
  readonly amplitude: number;
  readonly offset: number;
}

/** Exponents searched: 0.001 to 4 by 0.05, then golden section. Not 0, where the power is an offset itself. */
export const LEAST = 1e-3;
export const LARGEST = 4;
const CELLS = 80;

/**
 * How noise enters a power law of the MSD.
 * - `none`: m(k) = A·t^a.
 * - `offset`: m(k) = A·t^a + c with c = 2dσ², which may come out negative.
 * - `difference`: m(k) − m(1) = A·(t^a − dt^a), which any constant offset leaves unchanged.
 */
export type NoiseCorrection = 'none' | 'offset' | 'difference';

/**
 * The power law nearest to the values in least squares, by variable projection: for each exponent the best amplitude
 * and offset are linear, so the search has one dimension. `near` looks only that close to a known exponent.
 */
export function fitPowerLaw(
  lags: readonly number[],
  values: Float64Array,
  correction: NoiseCorrection,
  near?: { readonly exponent: number; readonly within: number },
): PowerLawFit {
  const logs = lags.map(Math.log);
  const solve = SOLVERS[correction];
  const residue = (exponent: number): number => solve(logs, values, exponent).residue;
  const { exponent: centre, within } = near ?? {
    exponent: coarseMinimum(residue),
    within: LARGEST / CELLS,
  };
  const exponent = goldenSection(
    residue,
    Math.max(LEAST, centre - within),
    Math.min(LARGEST, centre + within),
    1e-9,
  );
  const { amplitude, offset } = solve(logs, values, exponent);
  return { exponent, amplitude, offset };
}

function coarseMinimum(residue: (exponent: number) => number): number {
  let best = LEAST;
  let lowest = residue(LEAST);
  for (let g = 1; g <= CELLS; g++) {
    const value = residue((g * LARGEST) / CELLS);
    if (value < lowest) {
      lowest = value;
      best = (g * LARGEST) / CELLS;
    }
  }
  return best;
}

interface Solution {
  readonly amplitude: number;
  readonly offset: number;
  readonly residue: number;
}

type Solver = (logs: readonly number[], values: Float64Array, exponent: number) => Solution;

const SOLVERS: Record<NoiseCorrection, Solver> = {
  none(logs, values, exponent) {
    return throughOrigin(values, (i) => Math.exp(exponent * logs[i]), 0);
  },
  offset(logs, values, exponent) {
    const count = values.length;
    let meanP = 0;
    let meanM = 0;
    const powers = logs.map((log) => Math.exp(exponent * log));
    for (let i = 0; i < count; i++) {
      meanP += powers[i] / count;
      meanM += values[i] / count;
    }
    let pp = 0;
    let mp = 0;
    for (let i = 0; i < count; i++) {
      pp += (powers[i] - meanP) ** 2;
      mp += (powers[i] - meanP) * (values[i] - meanM);
    }
    const amplitude = mp / pp;
    const offset = meanM - amplitude * meanP;
    let residue = 0;
    for (let i = 0; i < count; i++) {
      residue += (values[i] - amplitude * powers[i] - offset) ** 2;
    }
    return { amplitude, offset, residue };
  },
  difference(logs, values, exponent) {
    const { amplitude, residue } = throughOrigin(
      values,
      (i) => Math.exp(exponent * logs[i]) - 1,
      values[0],
    );
    return { amplitude, residue, offset: values[0] - amplitude };
  },
};

/** Best amplitude of values − origin ≈ amplitude · shape. */
function throughOrigin(
  values: Float64Array,
  shape: (i: number) => number,
  origin: number,
): Solution {
  let pp = 0;
  let mp = 0;
  for (let i = 0; i < values.length; i++) {
    const p = shape(i);
    pp += p * p;
    mp += p * (values[i] - origin);
  }
  const amplitude = mp / pp;
  let residue = 0;
  for (let i = 0; i < values.length; i++) {
    residue += (values[i] - origin - amplitude * shape(i)) ** 2;
  }
  return { amplitude, offset: 0, residue };
}
