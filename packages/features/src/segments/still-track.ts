import type { Track } from '@diffusion/tracks';
import type { LawRange } from './climb.ts';
import type { Segment } from './segment.ts';
import type { Microscope } from './step-law.ts';

/** The one segment of a track of which nothing is to be told apart: it never moves, or has fewer than three points. */
export function stillTrack(
  track: Track,
  range: LawRange | undefined,
  { sigma }: Microscope,
): readonly Segment[] {
  // One step that is longer than the error, or none.
  const moves = range !== undefined && Math.exp(range.logDiffusion[1]) > sigma * sigma;
  const unknown = { state: 'free', alpha: Number.NaN, diffusion: Number.NaN } as const;
  const still = { state: 'immobile', alpha: 0, diffusion: 0 } as const;
  return [{ from: 0, to: track.length, ...(moves ? unknown : still), probability: Number.NaN }];
}
