import type { Track } from '@diffusion/tracks';

/** A point of a track that is drawn. */
export interface DrawnPoint {
  /** Number of the point in its track. */
  readonly point: number;
  /** Number of the stretch without a gap it belongs to: a line joins the points of one stretch. */
  readonly run: number;
  /** True when it is the only one of its stretch, so that no line shows it. */
  readonly alone: boolean;
}

/**
 * The points of a track to draw: every `step`-th and the last, in stretches that end where frames are missing.
 *
 * @example
 * drawnPoints(track, 1).length // track.length
 */
export function drawnPoints({ length, frames }: Track, step: number): DrawnPoint[] {
  const kept: { point: number; run: number }[] = [];
  const sizes = [0];
  for (let p = 0; p < length; p++) {
    const gap = frames !== undefined && p > 0 && frames[p] - frames[p - 1] > 1;
    if (gap && sizes[sizes.length - 1] > 0) sizes.push(0);
    if (p % step !== 0 && p !== length - 1) continue;
    sizes[sizes.length - 1]++;
    kept.push({ point: p, run: sizes.length - 1 });
  }
  return kept.map((one) => ({ ...one, alone: sizes[one.run] === 1 }));
}
