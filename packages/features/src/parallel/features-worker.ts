import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { computeColumns } from '../compute-columns.ts';
import type { RunOfTracks, Setup } from './message.ts';
import { loadFeatures } from './sent-features.ts';
import { workerName } from './worker-name.ts';

// A worker that computes the features of runs of tracks. Nothing moves between the threads: an engine that has given memory
// away checks every later access to a typed array, which costs far more than the copies.
servePool<Setup, RunOfTracks, readonly Float64Array[]>(workerName, async ({ features: sent }) => {
  const features = await loadFeatures(sent);
  return ({ first, ...tracks }) => computeColumns(new Tracks(tracks), features, first);
});
