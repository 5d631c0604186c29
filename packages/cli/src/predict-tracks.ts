import { predictParallel, type TrackModel } from '@diffusion/models';
import type { Prediction, Tracks } from '@diffusion/tracks';
import { withBar } from './with-bar.ts';

/**
 * What a model says of every track, with a progress bar; Ctrl-C ends it.
 *
 * @param workers threads that share the batches, for the bits of one; 1: this thread.
 */
export const predictTracks = (
  model: TrackModel,
  tracks: Tracks,
  workers = 1,
): Promise<Prediction> =>
  withBar('classifying', tracks.count, (onProgress) =>
    workers > 1
      ? predictParallel(model, tracks, { workers, onProgress })
      : model.predict(tracks, { onProgress }),
  );
