import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { computeColumns } from '../compute-columns.ts';
import { selectFeatures } from '../features.ts';
import { buffersOf, type RunOfTracks, type Setup } from './message.ts';
import { workerName } from './worker-name.ts';

// A worker that computes the features of runs of tracks.
servePool<Setup, RunOfTracks, readonly Float64Array[]>(
  workerName,
  ({ names }) => {
    const features = selectFeatures({ names });
    return (run) => computeColumns(new Tracks(run), features, run.first);
  },
  buffersOf,
);
