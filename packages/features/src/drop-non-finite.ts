import { Tracks, takeRows } from '@diffusion/tracks';

/**
 * The tracks without the points that have a coordinate which is not a finite number: each leaves a gap, as a frame where
 * nothing was localised. What the features make of gaps is in the catalogue; `splitGaps` of `@diffusion/tracks` cuts the
 * tracks there instead. Without such points the set itself comes back. A track may be left with no point at all.
 *
 * @example
 * const columns = features(dropNonFinite(tracks));
 */
export function dropNonFinite(tracks: Tracks): Tracks {
  const { positions, offsets, dim, data } = tracks;
  const kept: number[] = [];
  const newOffsets = new Uint32Array(offsets.length);
  const frames: number[] = [];
  for (let t = 0; t < tracks.count; t++) {
    for (let i = offsets[t]; i < offsets[t + 1]; i++) {
      let finite = true;
      for (let a = 0; a < dim; a++) finite &&= Number.isFinite(positions[i * dim + a]);
      if (!finite) continue;
      kept.push(i);
      frames.push(tracks.frames ? tracks.frames[i] : i - offsets[t]);
    }
    newOffsets[t + 1] = kept.length;
  }
  if (kept.length === tracks.pointCount) return tracks;
  const left = new Float64Array(kept.length * dim);
  kept.forEach((i, row) => {
    left.set(positions.subarray(i * dim, (i + 1) * dim), row * dim);
  });
  return new Tracks({
    ...data,
    positions: left,
    offsets: newOffsets,
    frames: Int32Array.from(frames),
    pointColumns: Object.fromEntries(
      Object.entries(tracks.pointColumns).map(([name, column]) => [name, takeRows(column, kept)]),
    ),
  });
}
