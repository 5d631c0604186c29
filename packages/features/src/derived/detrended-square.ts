import type { TrackContext } from '../context.ts';

/** ⟨|x_i − mean(x_{i−τ} … x_i)|²⟩ over all runs of τ + 1 consecutive frames. */
export function detrendedSquare({ axes, length, frames }: TrackContext, tau: number): number {
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
