import { derived } from '../context.ts';
import { goldenSection } from '../numeric/golden-section.ts';
import { entriesUpTo, lagCurve } from './lag-curve.ts';

/** m(k) ≈ amplitude · (k·dt)^exponent. */
export interface PowerLaw {
  readonly exponent: number;
  readonly amplitude: number;
}

const STEP = 0.01;
const LARGEST = 4;

/**
 * The power law A·t^a that is nearest to m(k), k = 1 … ⌊N/2⌋ − 1, in least squares, a from 0 to 4. For each a the best
 * A is known, so the search has one dimension: a grid of 0.01, then golden section.
 */
export const powerLaw = derived((context): PowerLaw => {
  const lag = Math.floor(context.span / 2) - 1;
  const curve = lagCurve(context, lag);
  const count = entriesUpTo(curve, lag);
  if (context.extent === 0 || count < 2) return { exponent: Number.NaN, amplitude: Number.NaN };
  const { values, lags } = curve;
  const logs = new Float64Array(count);
  const powers = new Float64Array(count).fill(1);
  const ratios = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    logs[i] = Math.log(lags[i]);
    ratios[i] = Math.exp(STEP * logs[i]);
  }
  // The sum of squares is Σ m² less this.
  let best = 0;
  let explained = Number.NEGATIVE_INFINITY;
  for (let g = 0; g <= LARGEST / STEP; g++) {
    let mp = 0;
    let pp = 0;
    for (let i = 0; i < count; i++) {
      const p = powers[i];
      mp += values[i] * p;
      pp += p * p;
      powers[i] = p * ratios[i];
    }
    if ((mp * mp) / pp > explained) {
      explained = (mp * mp) / pp;
      best = g;
    }
  }
  const amplitude = (exponent: number): number => {
    let mp = 0;
    let pp = 0;
    for (let i = 0; i < count; i++) {
      const p = Math.exp(exponent * logs[i]);
      mp += values[i] * p;
      pp += p * p;
    }
    return mp / pp;
  };
  const residue = (exponent: number): number => {
    const a = amplitude(exponent);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (values[i] - a * Math.exp(exponent * logs[i])) ** 2;
    return sum;
  };
  const exponent = goldenSection(
    residue,
    Math.max(0, (best - 1) * STEP),
    Math.min(LARGEST, (best + 1) * STEP),
    1e-8,
  );
  return { exponent, amplitude: amplitude(exponent) / context.dt ** exponent };
});
