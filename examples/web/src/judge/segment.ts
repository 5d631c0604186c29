import { completeSegments, type NetworkModel } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { loadPretrained, pretrainedFor } from '@diffusion/weights';
import type { Segmented } from '../engine/engine-types.ts';
import { backend } from './backend.ts';
import { estimateTracks } from './estimate-some.ts';

let held: { dim: number; model: Promise<NetworkModel> } | undefined;

/** What is known of the tracks beside themselves. */
interface How {
  /** Whether they are all tracks of a file, whose states say where each changes; a track that is looked at alone has none of these. */
  readonly together: boolean;
  readonly sigma?: number;
  readonly onProgress?: (done: number) => void;
}

/** Where the motion of tracks changes, and what it is between: as the command `diffusion segment` answers without a choice. */
export async function segmentTracks(
  tracks: Tracks,
  { together, ...how }: How,
): Promise<Omit<Segmented, 'seconds'>> {
  const { dim } = tracks;
  const name = pretrainedFor(dim, 'segments')?.name;
  if (!name) throw new Error(`no network of segments of ${dim}D tracks comes trained`);
  await backend();
  if (held?.dim !== dim) {
    held?.model.then((model) => model.dispose()).catch(() => {});
    held = { dim, model: loadPretrained(name) as Promise<NetworkModel> };
  }
  try {
    const { segments, reasons, beside } = await completeSegments(await held.model, tracks, {
      shrink: together,
      estimate: estimateTracks,
      ...how,
    });
    return { by: name, segments, reasons, ...(beside && { beside }) };
  } catch (error) {
    held = undefined;
    throw error;
  }
}
