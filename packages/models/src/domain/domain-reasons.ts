import { type Reason, selectTracks, type Tracks } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import { type Domain, outsideDomain } from './domain.ts';

/** Tracks between two turns of the event loop. */
const slice = 512;

/**
 * What {@link outsideDomain} says of each track, with turns of the event loop in between, so that a page stays alive and
 * an interruption is heard.
 */
export async function domainReasons(
  domain: Domain,
  tracks: Tracks,
): Promise<(Reason | undefined)[]> {
  const reasons: (Reason | undefined)[] = [];
  for (let from = 0; from < tracks.count; from += slice) {
    const length = Math.min(slice, tracks.count - from);
    const rows = Uint32Array.from({ length }, (_, i) => from + i);
    reasons.push(...outsideDomain(domain, selectTracks(tracks, rows)));
    await nextTurn();
  }
  return reasons;
}
