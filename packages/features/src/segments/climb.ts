/** α and ln K of a law. */
export interface LawPoint {
  readonly alpha: number;
  readonly logDiffusion: number;
}

/** Where α and ln K may be. */
export interface LawRange {
  readonly alpha: readonly [low: number, high: number];
  readonly logDiffusion: readonly [low: number, high: number];
}

/** First and last step of the search in α; the one in ln K is so many times as long. */
const STEP = { first: 0.3, last: 0.03, ratio: 2 };

const COMPASS = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;

/** Where a function of α and ln K is greatest: a walk along both axes, which halves its step where no neighbour is higher. */
export function climb(
  height: (alpha: number, logDiffusion: number) => number,
  start: LawPoint,
  { alpha: alphas, logDiffusion: logs }: LawRange,
  { first = STEP.first, last = STEP.last } = {},
): LawPoint & { readonly height: number } {
  let alpha = clamp(start.alpha, alphas);
  let logDiffusion = clamp(start.logDiffusion, logs);
  let best = height(alpha, logDiffusion);
  for (let step = first; step > last; ) {
    let moved = false;
    for (const [da, dk] of COMPASS) {
      const a = clamp(alpha + da * step, alphas);
      const k = clamp(logDiffusion + dk * step * STEP.ratio, logs);
      if (a === alpha && k === logDiffusion) continue;
      const here = height(a, k);
      if (here <= best) continue;
      [alpha, logDiffusion, best] = [a, k, here];
      moved = true;
      break;
    }
    if (!moved) step /= 2;
  }
  return { alpha, logDiffusion, height: best };
}

const clamp = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value));
