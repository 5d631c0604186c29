import { derived } from '../context.ts';
import { feature } from '../feature.ts';
import { dft } from '../numeric/dft.ts';
import { linearFit } from '../numeric/linear-fit.ts';

/** Slope of the power spectrum. */
export const psdSlope = feature({
  name: 'psdSlope',
  section: 'spectrum',
  meaning: 'Slope of the power spectrum.',
  formula: 'slope of ln P_k on ln k, P_k = Σ_axes|DFT(x − x̄)_k|², k = 1 … ⌊(N − 1)/2⌋',
  range: 'about −3 to 0; −2 for Brownian motion; undefined if some P_k ≤ 1e-20·max P',
  minPoints: 8,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Krapf et al. 2019; Kowalek et al. 2022',
  compute: (context) => {
    const power = powerSpectrum(context);
    const floor = 1e-20 * power.reduce((a, b) => Math.max(a, b), 0);
    if (power.some((value) => value <= floor)) return Number.NaN;
    const logK = power.map((_, i) => Math.log(i + 1));
    return linearFit(logK, power.map(Math.log)).slope;
  },
});

/** P_k = Σ_axes |DFT(x − x̄)_k|², k = 1 … ⌊(N − 1)/2⌋; two axes go through one complex transform. */
const powerSpectrum = derived(({ axes, length }): Float64Array => {
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
