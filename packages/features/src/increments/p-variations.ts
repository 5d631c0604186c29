import { derived, type TrackContext, ZERO } from '../context.ts';
import { feature } from '../feature.ts';
import { linearFit } from '../numeric/linear-fit.ts';

/** Scaling exponents of the p-variations, p = 1 … 5. */
const pVariation = <P extends 1 | 2 | 3 | 4 | 5>(p: P) =>
  feature({
    name: `pVariation${p}`,
    section: 'increments',
    meaning: `Scaling exponent of the ${p}-variation.`,
    formula: `slope of ln V(m) on ln m, V(m) = Σ_j |x_{(j+1)m} − x_{jm}|^${p} over whole blocks from x_1, m = 1 … max(5, ⌊N/100⌋)`,
    range: `any; ${p === 1 ? '' : p}H − 1 for fractional Brownian motion; undefined if some V(m) = 0`,
    minPoints: 7,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Magdziarz et al. 2009; pkowalek/ANDI-challenge',
    compute: (context) => pVariationSlopes(context)[p - 1],
  });

/** Scaling exponent of the 1-variation. */
export const pVariation1 = pVariation(1);

/** Scaling exponent of the 2-variation. */
export const pVariation2 = pVariation(2);

/** Scaling exponent of the 3-variation. */
export const pVariation3 = pVariation(3);

/** Scaling exponent of the 4-variation. */
export const pVariation4 = pVariation(4);

/** Scaling exponent of the 5-variation. */
export const pVariation5 = pVariation(5);

/** Powers p = 1 … 5. */
const POWERS = 5;

/** Largest block of the p-variation fits, max(5, ⌊N/100⌋). */
export function largestBlock({ length }: TrackContext): number {
  return Math.max(5, Math.floor(length / 100));
}

/** Slopes of ln V_p(m) against ln m, m = 1 … max(5, ⌊N/100⌋), for p = 1 … 5; NaN when the track stands still over blocks. */
export const pVariationSlopes = derived((context): readonly number[] => {
  const { axes, length, extent } = context;
  const largest = largestBlock(context);
  const undefinedSlopes = new Array<number>(POWERS).fill(Number.NaN);
  if (length < largest + 2) return undefinedSlopes;
  const logM = new Float64Array(largest);
  const logV = Array.from({ length: POWERS }, () => new Float64Array(largest));
  for (let m = 1; m <= largest; m++) {
    let v1 = 0;
    let v2 = 0;
    let v3 = 0;
    let v4 = 0;
    let v5 = 0;
    for (let i = m; i < length; i += m) {
      let square = 0;
      for (let a = 0; a < axes.length; a++) {
        const x = axes[a][i] - axes[a][i - m];
        square += x * x;
      }
      const size = Math.sqrt(square);
      v1 += size;
      v2 += square;
      v3 += square * size;
      v4 += square * square;
      v5 += square * square * size;
    }
    if (v1 <= ZERO * extent) return undefinedSlopes;
    logM[m - 1] = Math.log(m);
    logV[0][m - 1] = Math.log(v1);
    logV[1][m - 1] = Math.log(v2);
    logV[2][m - 1] = Math.log(v3);
    logV[3][m - 1] = Math.log(v4);
    logV[4][m - 1] = Math.log(v5);
  }
  return logV.map((y) => linearFit(logM, y).slope);
});
