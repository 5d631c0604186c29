import { derived } from '../context.ts';
import { dft } from '../numeric/dft.ts';

/** P_k = Σ_axes |DFT(x − x̄)_k|², k = 1 … ⌊(N − 1)/2⌋; two axes go through one complex transform. */
export const powerSpectrum = derived(({ axes, length }): Float64Array => {
  const power = new Float64Array(Math.floor((length - 1) / 2));
  for (let a = 0; a < axes.length; a += 2) {
    const re = centred(axes[a]);
    const im = a + 1 < axes.length ? centred(axes[a + 1]) : new Float64Array(length);
    dft(re, im);
    for (let k = 1; k <= power.length; k++) {
      const j = length - k;
      power[k - 1] += (re[k] ** 2 + im[k] ** 2 + re[j] ** 2 + im[j] ** 2) / 2;
    }
  }
  return power;
});

function centred(axis: Float64Array): Float64Array {
  let mean = 0;
  for (let i = 1; i < axis.length; i++) mean += axis[i] - axis[0];
  mean /= axis.length;
  return axis.map((x) => x - axis[0] - mean);
}
