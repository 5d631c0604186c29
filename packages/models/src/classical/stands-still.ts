import { makeReason, type Track } from '@diffusion/tracks';

/** Why a track of which all points are one is not judged. */
export const standsStill = makeReason('neverMoves', {});

/** Whether all points of a track are one. */
export const neverMoves = ({ positions, dim }: Track): boolean =>
  positions.every((x, i) => x === positions[i % dim]);
