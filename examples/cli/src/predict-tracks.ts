import { predictParallel, type TrackModel } from '@diffusion/models';
import type { Prediction, Tracks } from '@diffusion/tracks';
import { untilInterrupted } from './interruption.ts';
import { progressBar } from './progress.ts';

/**
 * What a model says of every track, with a progress bar; Ctrl-C ends it.
 *
 * @param workers threads that share the batches, for the bits of one; 1: this thread.
 */
export async function predictTracks(
  model: TrackModel,
  tracks: Tracks,
  workers = 1,
): Promise<Prediction> {
  const bar = progressBar('classifying  {bar} {percentage} %  {left}', tracks.count);
  const onProgress = (done: number) => bar.update(done);
  try {
    return await untilInterrupted(
      workers > 1
        ? predictParallel(model, tracks, { workers, onProgress })
        : model.predict(tracks, { onProgress }),
    );
  } finally {
    bar.stop();
  }
}
