import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { estimatesFrom, type MotionEstimate } from '../posterior/estimate-motion.ts';
import type { MotionOptions } from '../posterior/motion-options.ts';
import { estimatesWorkerName } from './estimates-worker-name.ts';
import type { RunWithErrors } from './message.ts';

// A worker that estimates the motion of runs of tracks.
servePool<MotionOptions, RunWithErrors, readonly MotionEstimate[]>(
  estimatesWorkerName,
  (options) =>
    ({ first, errors, ...tracks }) =>
      estimatesFrom(new Tracks({ ...tracks, pointColumns: errors }), options, first),
);
