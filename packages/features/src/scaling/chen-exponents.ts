import { derived, type TrackContext, ZERO } from '../context.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';
import { linearFit } from '../numeric/linear-fit.ts';
import { median } from '../numeric/median.ts';

/** Correlation of the steps. */
export const joseph = feature({
  name: 'joseph',
  section: 'scaling',
  meaning: 'Correlation of the steps.',
  formula: 'slope of ln⟨R/S⟩ on ln t over blocks of t steps, mean over axes',
  range:
    'about 0 to 1; ½ without correlation, biased up on short tracks; undefined if a median is 0 or no block varies (all three together)',
  minPoints: 25,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
  gaps: 'undefined',
  source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  compute: (context) => chenExponents(context).joseph,
});

/** Fat tails of the steps. */
export const noah = feature({
  name: 'noah',
  section: 'scaling',
  meaning: 'Fat tails of the steps.',
  formula: '(slope of ln median Σδ² on ln t − 2·moses + 1)/2, mean over axes',
  range:
    'any; ½ with finite variance; undefined if a median is 0 or no block varies (all three together)',
  minPoints: 25,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
  gaps: 'undefined',
  source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  compute: (context) => chenExponents(context).noah,
});

/** Ageing of the steps. */
export const moses = feature({
  name: 'moses',
  section: 'scaling',
  meaning: 'Ageing of the steps.',
  formula: 'slope of ln median Σ|δ| on ln t, − ½, mean over axes',
  range:
    'any; ½ for stationary steps; undefined if a median is 0 or no block varies (all three together)',
  minPoints: 25,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
  gaps: 'undefined',
  source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  compute: (context) => chenExponents(context).moses,
});

/** Joseph, Noah and Moses exponents: correlation, fat tails and ageing of the steps. */
interface ChenExponents {
  readonly joseph: number;
  readonly noah: number;
  readonly moses: number;
}

const UNDEFINED: ChenExponents = { joseph: Number.NaN, noah: Number.NaN, moses: Number.NaN };

/**
 * The three exponents (Chen 2017, Aghion 2021), by axis and then averaged; all undefined when one of them is on one
 * axis: fewer than 24 steps, blocks of which half stand still, or steps that do not vary.
 */
const chenExponents = derived((context: TrackContext): ChenExponents => {
  const { axes, count, largest } = steps(context);
  if (count < LEAST_STEPS) return UNDEFINED;
  const sum = { joseph: 0, noah: 0, moses: 0 };
  for (let a = 0; a < axes.length; a++) {
    const exponents = ofAxis(context.axes[a], axes[a], ZERO * largest);
    sum.joseph += exponents.joseph / axes.length;
    sum.noah += exponents.noah / axes.length;
    sum.moses += exponents.moses / axes.length;
  }
  return Number.isNaN(sum.joseph + sum.noah + sum.moses) ? UNDEFINED : sum;
});

/** Three block lengths of at most a quarter of the steps: 4, 5 and 6. */
const LEAST_STEPS = 24;

/**
 * The exponents of one axis, over blocks of {4, 5, 6, 7}·2^k steps up to a quarter of them; `zero` is the spread below
 * which a block does not vary.
 */
function ofAxis(x: Float64Array, step: Float64Array, zero: number): ChenExponents {
  // Four block lengths per octave, and no more than 32 octaves.
  const logs = Array.from({ length: 4 }, () => new Float64Array(128));
  const [logT, logY, logZ, logRs] = logs;
  let count = 0;
  const scratch = new Float64Array(step.length);
  for (let base = 4; base < 8 && 4 * base <= step.length; base++) {
    const sums = blockSums(step, base);
    for (let t = base; 4 * t <= step.length; t *= 2) {
      if (t > base) doubleBlocks(sums);
      const blocks = Math.floor(step.length / t);
      const y = medianOf(sums.absolute, blocks, scratch);
      const z = medianOf(sums.square, blocks, scratch);
      const rs = rescaledRange(x, sums.square, t, blocks, zero);
      if (!(y > zero && rs > 0)) return UNDEFINED;
      logT[count] = Math.log(t);
      logY[count] = Math.log(y);
      logZ[count] = Math.log(z);
      logRs[count++] = Math.log(rs);
    }
  }
  const moses = linearFit(logT, logY, count).slope - 0.5;
  return {
    moses,
    noah: (linearFit(logT, logZ, count).slope - 2 * moses + 1) / 2,
    joseph: linearFit(logT, logRs, count).slope,
  };
}

/** Sums over the blocks of t steps. */
interface BlockSums {
  readonly absolute: Float64Array;
  readonly square: Float64Array;
}

function blockSums(step: Float64Array, t: number): BlockSums {
  const blocks = Math.floor(step.length / t);
  const absolute = new Float64Array(blocks);
  const square = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    let sumAbsolute = 0;
    let sumSquares = 0;
    for (let i = b * t; i < b * t + t; i++) {
      sumAbsolute += Math.abs(step[i]);
      sumSquares += step[i] * step[i];
    }
    absolute[b] = sumAbsolute;
    square[b] = sumSquares;
  }
  return { absolute, square };
}

/** Sums over blocks of twice the length, in place: each is that of two neighbours. */
function doubleBlocks({ absolute, square }: BlockSums): void {
  for (let b = 0; 2 * b + 1 < square.length; b++) {
    absolute[b] = absolute[2 * b] + absolute[2 * b + 1];
    square[b] = square[2 * b] + square[2 * b + 1];
  }
}

function medianOf(values: Float64Array, count: number, scratch: Float64Array): number {
  for (let b = 0; b < count; b++) scratch[b] = values[b];
  return median(scratch, count);
}

/**
 * Mean over the blocks that vary of (largest − smallest partial sum of the steps about their mean) / their std. The
 * partial sums are those of the positions.
 */
function rescaledRange(
  x: Float64Array,
  squares: Float64Array,
  t: number,
  blocks: number,
  zero: number,
): number {
  let ranges = 0;
  let varying = 0;
  for (let b = 0; b < blocks; b++) {
    const from = b * t;
    const start = x[from];
    const mean = (x[from + t] - start) / t;
    let low = 0;
    let high = 0;
    for (let i = 1; i <= t; i++) {
      const partial = x[from + i] - start - i * mean;
      low = Math.min(low, partial);
      high = Math.max(high, partial);
    }
    let variance = squares[b] / t - mean * mean;
    // Steps that hardly vary: their variance would be lost in rounding.
    if (variance < (1e-6 * squares[b]) / t) variance = varianceOfSteps(x, from, t, mean);
    const spread = Math.sqrt(variance);
    if (spread > zero) {
      ranges += (high - low) / spread;
      varying++;
    }
  }
  return ranges / varying;
}

function varianceOfSteps(x: Float64Array, from: number, t: number, mean: number): number {
  let square = 0;
  for (let i = from; i < from + t; i++) square += (x[i + 1] - x[i] - mean) ** 2;
  return square / t;
}
