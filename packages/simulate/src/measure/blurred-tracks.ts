import { Tracks, takeRows } from '@diffusion/tracks';
import { ParameterError } from '../errors.ts';
import { type Blur, blurredPathPoints, motionBlur } from './motion-blur.ts';

/**
 * Fine paths, `substeps` points per frame, as a camera smears them: a point per frame, at the mean place of its
 * exposure, with the point columns of the frame's first point. The interval becomes that between frames.
 *
 * Throws a ParameterError for tracks that are no fine paths: those that have a column of localisation errors, `sigma` or
 * `sigma_x` …, and so were measured already, those with gaps, and those that are not made of whole
 * frames (the last of which may end with its exposure).
 */
export function blurredTracks(tracks: Tracks, blur: Blur, given: unknown): Tracks {
  const { substeps, exposed } = blur;
  const { dim, offsets: fine, count, positions } = tracks;
  const refuse = (reason: string): never => {
    throw new ParameterError(
      'blur',
      given,
      `fine paths of ${substeps} points per frame: ${reason}`,
    );
  };
  const measured = Object.keys(tracks.trackColumns).find((name) => /^sigma(_[xyz])?$/.test(name));
  if (measured !== undefined) {
    refuse(`the column ${measured} says that these were measured already`);
  }
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const points = fine[i + 1] - fine[i];
    const whole = points % substeps === 0;
    if (!whole && (points < exposed || (points - exposed) % substeps !== 0)) {
      const short = exposed < substeps ? ` (or ${exposed} more, an exposure)` : '';
      refuse(`track ${i} has ${points} points, which are no whole frames${short}`);
    }
    offsets[i + 1] = offsets[i] + (whole ? points / substeps : (points - exposed) / substeps + 1);
    if (tracks.frames)
      checkFrames(tracks.frames.subarray(fine[i], fine[i + 1]), i, substeps, refuse);
  }
  const out = new Float64Array(offsets[count] * dim);
  const first = new Uint32Array(offsets[count]);
  for (let i = 0; i < count; i++) {
    const frames = offsets[i + 1] - offsets[i];
    if (frames === 0) continue;
    const from = fine[i] * dim;
    motionBlur(
      positions.subarray(from, from + blurredPathPoints(frames, blur) * dim),
      out.subarray(offsets[i] * dim, offsets[i + 1] * dim),
      frames,
      dim,
      blur,
    );
    for (let k = 0; k < frames; k++) first[offsets[i] + k] = fine[i] + k * substeps;
  }
  const { frames, pointColumns, ...rest } = tracks.data;
  return new Tracks({
    ...rest,
    positions: out,
    offsets,
    dt: tracks.dt * substeps,
    ...(frames && { frames: takeRows(frames, first).map((frame) => frame / substeps) }),
    pointColumns: Object.fromEntries(
      Object.entries(pointColumns).map(([name, column]) => [name, takeRows(column, first)]),
    ),
  });
}

function checkFrames(
  frames: Int32Array,
  track: number,
  substeps: number,
  refuse: (reason: string) => never,
): void {
  if (frames.length > 0 && frames[0] % substeps !== 0) {
    refuse(`track ${track} begins at point ${frames[0]}, within a frame`);
  }
  for (let k = 1; k < frames.length; k++) {
    if (frames[k] !== frames[k - 1] + 1) {
      refuse(`track ${track} has a gap after its point ${frames[k - 1]}`);
    }
  }
}
