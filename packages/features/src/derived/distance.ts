import type { TrackContext } from '../context.ts';

/** Distance between points i and j. */
export function distance({ axes }: TrackContext, i: number, j: number): number {
  let square = 0;
  for (let a = 0; a < axes.length; a++) {
    const x = axes[a][j] - axes[a][i];
    square += x * x;
  }
  return Math.sqrt(square);
}
