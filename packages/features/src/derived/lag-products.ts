import type { Steps } from './steps.ts';

/** Sum of Δ_i · Δ_j over the pairs of steps that begin exactly q frames apart, and the number of pairs. */
export function lagProducts(
  { axes, at, count }: Steps,
  q: number,
): { readonly sum: number; readonly pairs: number } {
  let sum = 0;
  if (count > 0 && at[count - 1] - at[0] === count - 1) {
    for (let a = 0; a < axes.length; a++) {
      const step = axes[a];
      for (let i = q; i < count; i++) sum += step[i] * step[i - q];
    }
    return { sum, pairs: Math.max(0, count - q) };
  }
  let pairs = 0;
  for (let i = 0, j = 0; i < count; i++) {
    while (j < count && at[j] < at[i] + q) j++;
    if (j === count) break;
    if (at[j] !== at[i] + q) continue;
    for (let a = 0; a < axes.length; a++) sum += axes[a][i] * axes[a][j];
    pairs++;
  }
  return { sum, pairs };
}
