import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { computeColumns } from '../compute-columns.ts';
import { buffersOf, type RunOfTracks, type Setup } from './message.ts';
import { loadFeatures } from './sent-features.ts';
import { workerName } from './worker-name.ts';

// A worker that computes the features of runs of tracks.
servePool<Setup, RunOfTracks, readonly Float64Array[]>(
  workerName,
  async ({ features: sent }) => {
    const features = await loadFeatures(sent);
    return ({ first, ...tracks }) => computeColumns(new Tracks(tracks), features, first);
  },
  buffersOf,
);
