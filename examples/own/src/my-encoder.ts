import { defineEncoder, integerOption } from '@diffusion/models';

/**
 * Products of steps: what the velocity autocorrelation averages, before it is averaged, so that a network sees when a
 * particle loses its direction. Free of units, rotation and reflection.
 *
 * Per point: Δᵢ·Δᵢ₊ₖ over the mean square of the steps, k = 0 … `lags`; 1 where there is a step, which tells where the
 * track ends. Per track: the logarithm of its length. A step over missing frames counts as none.
 */
export const stepProducts = defineEncoder({
  name: 'step-products',
  options: {
    lags: integerOption({ default: 6, min: 0, max: 64, description: 'Steps ahead, at most.' }),
  },
  // Where workers find it.
  source: { module: import.meta.url, export: 'stepProducts' },
  channels: (_dim, { lags }) => lags + 2,
  features: () => 1,
  write({ positions, frames, length, dim }, out, features, { lags }) {
    const isStep = (i: number) => i + 1 < length && (frames ? frames[i + 1] - frames[i] : 1) === 1;
    const product = (i: number, j: number) => {
      let sum = 0;
      for (let d = 0; d < dim; d++) {
        const [at, to] = [i * dim + d, j * dim + d];
        sum += (positions[at + dim] - positions[at]) * (positions[to + dim] - positions[to]);
      }
      return sum;
    };
    const steps = Array.from({ length }, (_, i) => i).filter(isStep);
    const meanSquare = steps.reduce((sum, i) => sum + product(i, i) / steps.length, 0);
    for (const i of steps) {
      const row = out.subarray(i * (lags + 2), (i + 1) * (lags + 2));
      for (let k = 0; k <= lags; k++) {
        if (isStep(i + k) && meanSquare > 0) row[k] = product(i, i + k) / meanSquare;
      }
      row[lags + 1] = 1;
    }
    features[0] = Math.log(length / 100);
  },
});
