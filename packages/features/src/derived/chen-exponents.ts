import { derived, type TrackContext, ZERO } from '../context.ts';
import { linearFit } from '../numeric/linear-fit.ts';
import { median } from '../numeric/median.ts';
import { steps } from './steps.ts';

/** Joseph, Noah and Moses exponents: correlation, fat tails and ageing of the steps. */
export interface ChenExponents {
  readonly joseph: number;
  readonly noah: number;
  readonly moses: number;
}

const UNDEFINED: ChenExponents = { joseph: Number.NaN, noah: Number.NaN, moses: Number.NaN };

/**
 * The three exponents (Chen 2017, Aghion 2021), by axis and then averaged; all undefined when one of them is on one
 * axis: fewer than 24 steps, blocks of which half stand still, or steps that do not vary.
 */
export const chenExponents = derived((context: TrackContext): ChenExponents => {
  const { axes, count, largest } = steps(context);
  if (count < LEAST_STEPS) return UNDEFINED;
  const sum = { joseph: 0, noah: 0, moses: 0 };
  for (const axis of axes) {
    const exponents = ofAxis(axis, ZERO * largest);
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
function ofAxis(step: Float64Array, zero: number): ChenExponents {
  const logT: number[] = [];
  const logY: number[] = [];
  const logZ: number[] = [];
  const logRs: number[] = [];
  const scratch = new Float64Array(step.length);
  for (let base = 4; base < 8 && 4 * base <= step.length; base++) {
    const sums = blockSums(step, base);
    for (let t = base; 4 * t <= step.length; t *= 2) {
      if (t > base) doubleBlocks(sums);
      const blocks = Math.floor(step.length / t);
      const y = medianOf(sums.absolute, blocks, scratch);
      const z = medianOf(sums.square, blocks, scratch);
      const rs = rescaledRange(step, sums.plain, t, blocks, zero);
      if (!(y > zero && rs > 0)) return UNDEFINED;
      logT.push(Math.log(t));
      logY.push(Math.log(y));
      logZ.push(Math.log(z));
      logRs.push(Math.log(rs));
    }
  }
  const moses = linearFit(logT, logY).slope - 0.5;
  return {
    moses,
    noah: (linearFit(logT, logZ).slope - 2 * moses + 1) / 2,
    joseph: linearFit(logT, logRs).slope,
  };
}

/** Sums over the blocks of t steps. */
interface BlockSums {
  readonly plain: Float64Array;
  readonly absolute: Float64Array;
  readonly square: Float64Array;
}

function blockSums(step: Float64Array, t: number): BlockSums {
  const blocks = Math.floor(step.length / t);
  const [plain, absolute, square] = [0, 1, 2].map(() => new Float64Array(blocks));
  for (let b = 0; b < blocks; b++) {
    for (let i = b * t; i < b * t + t; i++) {
      plain[b] += step[i];
      absolute[b] += Math.abs(step[i]);
      square[b] += step[i] * step[i];
    }
  }
  return { plain, absolute, square };
}

/** Sums over blocks of twice the length, in place: each is that of two neighbours. */
function doubleBlocks({ plain, absolute, square }: BlockSums): void {
  for (let b = 0; 2 * b + 1 < plain.length; b++) {
    plain[b] = plain[2 * b] + plain[2 * b + 1];
    absolute[b] = absolute[2 * b] + absolute[2 * b + 1];
    square[b] = square[2 * b] + square[2 * b + 1];
  }
}

function medianOf(values: Float64Array, count: number, scratch: Float64Array): number {
  for (let b = 0; b < count; b++) scratch[b] = values[b];
  return median(scratch, count);
}

/** Mean over the blocks that vary of (largest − smallest partial sum of the steps about their mean) / their std. */
function rescaledRange(
  step: Float64Array,
  sums: Float64Array,
  t: number,
  blocks: number,
  zero: number,
): number {
  let ranges = 0;
  let varying = 0;
  for (let b = 0; b < blocks; b++) {
    const mean = sums[b] / t;
    let square = 0;
    let partial = 0;
    let low = 0;
    let high = 0;
    for (let i = b * t; i < b * t + t; i++) {
      const d = step[i] - mean;
      square += d * d;
      partial += d;
      low = Math.min(low, partial);
      high = Math.max(high, partial);
    }
    const spread = Math.sqrt(square / t);
    if (spread > zero) {
      ranges += (high - low) / spread;
      varying++;
    }
  }
  return ranges / varying;
}
