import type { TrackContext } from '../context.ts';
import { feature } from '../feature.ts';

/** Detrending moving average over 2 points. Equals m(1)/4. */
export const dma1 = feature({
  name: 'dma1',
  section: 'increments',
  meaning: 'Detrending moving average over 2 points. Equals m(1)/4.',
  formula: '⟨|x_i − mean(x_{i−1} … x_i)|²⟩',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Balcerek et al. 2021; Kowalek et al. 2022',
  compute: (context) => detrendedSquare(context, 1),
});

/** Detrending moving average over 3 points. */
export const dma2 = feature({
  name: 'dma2',
  section: 'increments',
  meaning: 'Detrending moving average over 3 points.',
  formula: '⟨|x_i − mean(x_{i−2} … x_i)|²⟩',
  range: '≥ 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: false, time: 0 },
  gaps: 'by lag',
  source: 'Balcerek et al. 2021; Kowalek et al. 2022',
  compute: (context) => detrendedSquare(context, 2),
});

/** ⟨|x_i − mean(x_{i−τ} … x_i)|²⟩ over all runs of τ + 1 consecutive frames. */
function detrendedSquare({ axes, length, frames }: TrackContext, tau: number): number {
  let sum = 0;
  let runs = 0;
  for (let i = tau; i < length; i++) {
    if (frames && frames[i] - frames[i - tau] !== tau) continue;
    for (let a = 0; a < axes.length; a++) {
      const x = axes[a];
      let behind = 0;
      for (let k = 1; k <= tau; k++) behind += x[i] - x[i - k];
      behind /= tau + 1;
      sum += behind * behind;
    }
    runs++;
  }
  return sum / runs;
}
