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

/** The exponents of one axis; `zero` is the spread below which a block does not vary. */
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
      let sum = 0;
      let sumAbsolute = 0;
      let sumSquares = 0;
      for (let i = from; i < from + t; i++) {
        sum += step[i];
        sumAbsolute += Math.abs(step[i]);
        sumSquares += step[i] * step[i];
      }
      absolute[b] = sumAbsolute;
      square[b] = sumSquares;
      const mean = sum / t;
      let spread = 0;
      let partial = 0;
      let low = 0;
      let high = 0;
      for (let i = from; i < from + t; i++) {
        const d = step[i] - mean;
        spread += d * d;
        partial += d;
        low = Math.min(low, partial);
        high = Math.max(high, partial);
      }
      spread = Math.sqrt(spread / t);
      if (spread > zero) {
        ranges += (high - low) / spread;
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
