import { derived } from '../context.ts';
import { entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';
import { goldenSection } from '../numeric/golden-section.ts';

/** Exponent of the power law nearest to the MSD. */
export const powerLawAlpha = feature({
  name: 'powerLawAlpha',
  section: 'msd',
  meaning: 'Exponent of the power law nearest to the MSD.',
  formula: 'argmin_a Σ (m(k) − A(k·dt)^a)², k = 1 … ⌊N/2⌋ − 1, a ∈ [0, 4]',
  range: '[0, 4]; undefined on a constant track',
  minPoints: 8,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Pinholt et al. 2021',
  compute: (context) => powerLaw(context).exponent,
});

/** Generalised diffusion coefficient of the power law nearest to the MSD. */
export const powerLawD = feature({
  name: 'powerLawD',
  section: 'msd',
  meaning: 'Generalised diffusion coefficient of the power law nearest to the MSD.',
  formula: 'A/(2d) of that fit',
  range: '≥ 0; undefined on a constant track',
  minPoints: 8,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: '-alpha' },
  gaps: 'by lag',
  source: 'Pinholt et al. 2021',
  compute: (context) => powerLaw(context).amplitude / (2 * context.dim),
});

/** m(k) ≈ amplitude · (k·dt)^exponent. */
interface PowerLaw {
  readonly exponent: number;
  readonly amplitude: number;
}

const STEP = 0.01;
/** Every how many steps the first look is taken. */
const STRIDE = 10;
const CELLS = 400;

/**
 * The power law A·t^a that is nearest to m(k), k = 1 … ⌊N/2⌋ − 1, in least squares, a from 0 to 4. For each a the best
 * A is known, so the search has one dimension: a grid of 0.01, then golden section. The grid is looked at every 0.1
 * first and finely around each peak that could be the highest: powers that near are almost parallel.
 */
const powerLaw = derived((context): PowerLaw => {
  const lag = Math.floor(context.span / 2) - 1;
  const curve = lagCurve(context, lag);
  const count = entriesUpTo(curve, lag);
  if (context.extent === 0 || count < 2) return { exponent: Number.NaN, amplitude: Number.NaN };
  const values = curve.values.subarray(0, count);
  const logs = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    logs[i] = Math.log(curve.lags[i]);
    total += values[i] * values[i];
  }
  const coarse = explainedOnGrid(values, logs, 0, STEP * STRIDE, CELLS / STRIDE + 1);
  const limit = Math.max(...coarse) - 0.002 * total;
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  coarse.forEach((peak, c) => {
    if (peak < limit || peak < coarse[c - 1] || peak < coarse[c + 1]) return;
    const from = Math.max(0, (c - 1) * STRIDE);
    const to = Math.min(CELLS, (c + 1) * STRIDE);
    explainedOnGrid(values, logs, from * STEP, STEP, to - from + 1).forEach((value, g) => {
      if (value <= highest) return;
      highest = value;
      best = from + g;
    });
  });
  const exponent = goldenSection(
    (a) => -project(values, logs, a).explained,
    Math.max(0, best - 1) * STEP,
    Math.min(CELLS, best + 1) * STEP,
    1e-6,
  );
  return {
    exponent,
    amplitude: project(values, logs, exponent).amplitude / context.dt ** exponent,
  };
});

/** Best amplitude of t^a, and what it explains of Σ m²: (Σ m t^a)² / Σ t^2a. */
function project(values: Float64Array, logs: Float64Array, a: number) {
  let mp = 0;
  let pp = 0;
  for (let i = 0; i < values.length; i++) {
    const p = Math.exp(a * logs[i]);
    mp += values[i] * p;
    pp += p * p;
  }
  return { amplitude: mp / pp, explained: (mp * mp) / pp };
}

/** What t^a explains of Σ m² at equally spaced a; each power is the one before times a constant. */
function explainedOnGrid(
  values: Float64Array,
  logs: Float64Array,
  from: number,
  step: number,
  count: number,
): Float64Array {
  const powers = logs.map((log) => Math.exp(from * log));
  const ratios = logs.map((log) => Math.exp(step * log));
  const explained = new Float64Array(count);
  for (let g = 0; g < count; g++) {
    let mp = 0;
    let pp = 0;
    for (let i = 0; i < values.length; i++) {
      const p = powers[i];
      mp += values[i] * p;
      pp += p * p;
      powers[i] = p * ratios[i];
    }
    explained[g] = (mp * mp) / pp;
  }
  return explained;
}
