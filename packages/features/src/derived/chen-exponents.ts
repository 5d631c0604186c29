import { derived, type TrackContext, ZERO } from '../context.ts';
import { linearFit } from '../numeric/linear-fit.ts';
import { median } from '../numeric/median.ts';
import { moments } from './moments.ts';
import { steps } from './steps.ts';

/** Joseph, Noah and Moses exponents: correlation, fat tails and ageing of the steps. */
export interface ChenExponents {
  readonly joseph: number;
  readonly noah: number;
  readonly moses: number;
}

const UNDEFINED: ChenExponents = { joseph: Number.NaN, noah: Number.NaN, moses: Number.NaN };

/** Block lengths {4, 5, 6, 7}·2^k up to a quarter of n, rising. */
function blockLengths(n: number): number[] {
  const lengths: number[] = [];
  for (let octave = 1; 4 * octave <= n / 4; octave *= 2) {
    for (let t = 4; t < 8 && t * octave <= n / 4; t++) lengths.push(t * octave);
  }
  return lengths;
}

/**
 * The three exponents (Chen 2017, Aghion 2021), by axis and then averaged; all undefined when one of them is on one
 * axis: fewer than 24 steps, blocks of which half stand still, or steps that do not vary.
 */
export const chenExponents = derived((context: TrackContext): ChenExponents => {
  const { axes, count, largest } = steps(context);
  const lengths = blockLengths(count);
  if (lengths.length < 3) return UNDEFINED;
  const sum = { joseph: 0, noah: 0, moses: 0 };
  for (const axis of axes) {
    const exponents = ofAxis(axis, lengths, ZERO * largest);
    sum.joseph += exponents.joseph / axes.length;
    sum.noah += exponents.noah / axes.length;
    sum.moses += exponents.moses / axes.length;
  }
  return Number.isNaN(sum.joseph + sum.noah + sum.moses) ? UNDEFINED : sum;
});

function ofAxis(step: Float64Array, lengths: readonly number[], zero: number): ChenExponents {
  const logT = lengths.map(Math.log);
  const logY: number[] = [];
  const logZ: number[] = [];
  const logRs: number[] = [];
  const absolute = new Float64Array(step.length);
  const square = new Float64Array(step.length);
  for (const t of lengths) {
    const blocks = Math.floor(step.length / t);
    let ranges = 0;
    let varying = 0;
    for (let b = 0; b < blocks; b++) {
      const from = b * t;
      absolute[b] = 0;
      square[b] = 0;
      for (let i = from; i < from + t; i++) {
        absolute[b] += Math.abs(step[i]);
        square[b] += step[i] * step[i];
      }
      const { mean, m2 } = moments(step, from, from + t);
      const spread = Math.sqrt(m2);
      if (spread > zero) {
        ranges += rangeOfSums(step, from, t, mean) / spread;
        varying++;
      }
    }
    const y = median(absolute, blocks);
    const z = median(square, blocks);
    if (!(y > zero && varying > 0)) return UNDEFINED;
    logY.push(Math.log(y));
    logZ.push(Math.log(z));
    logRs.push(Math.log(ranges / varying));
  }
  const moses = linearFit(logT, logY).slope - 0.5;
  return {
    moses,
    noah: (linearFit(logT, logZ).slope - 2 * moses + 1) / 2,
    joseph: linearFit(logT, logRs).slope,
  };
}

/** Largest less smallest partial sum of the block's steps about their mean. */
function rangeOfSums(step: Float64Array, from: number, t: number, mean: number): number {
  let sum = 0;
  let low = 0;
  let high = 0;
  for (let i = from; i < from + t; i++) {
    sum += step[i] - mean;
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  return high - low;
}
