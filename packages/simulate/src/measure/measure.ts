import { deriveSeed } from '@diffusion/random';
import { type Columns, Tracks, takeRows } from '@diffusion/tracks';
import { checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { readFields } from '../read-specification.ts';
import { blurredTracks } from './blurred-tracks.ts';
import { errorColumns, numbersOf } from './error-columns.ts';
import {
  driftNames,
  leastPoints,
  losesFrames,
  MEASUREMENT_FIELDS,
  type Measurement,
  type MeasurementSpecification,
  readMeasurement,
} from './measurement.ts';
import { observe } from './observe.ts';
import { seenPieces } from './seen-pieces.ts';

/** Options of {@link measure}: what the microscope does, all of it off unless told. */
export interface MeasureOptions extends MeasurementSpecification {
  /**
   * Any safe integer. What happens to track i depends on it, on i and on the track. It may be the seed that the tracks
   * were simulated with; for a second measurement take another one, or the same errors are added again.
   */
  seed: number;
}

/**
 * Tracks as a microscope would see them: simulated elsewhere, written by hand, or measured and now to be worse. The
 * same functions do it in `simulate`, in the same order: blur, drift, field of view, focus, missed frames, blinking,
 * localisation error, pixels, the links of a search radius. The tracks given stay as they are.
 *
 * - For `blur` the tracks must be fine paths, `substeps` points per frame (10 unless told) and no gaps; a measured track
 *   is none, since what it did between two frames is not known. One is refused that has a column `sigma` (or `sigma_x` …)
 *   or gaps; measured tracks without either cannot be told from fine paths, and are blurred as if they were some. `dt` becomes the interval between frames.
 * - `noise.snr` compares with the displacements between the track's points; `noise.q` needs a column `D`, and heeds
 *   `speed`.
 * - Frames and columns are kept; what is not seen is missing from `frames` and from the columns of points, and a piece
 *   cut by the field of view, the focus or the search radius has the track columns of its track.
 * - `sigma` (or `sigma_x` …) is added: with the error that was there before, if the tracks have such a column. So is
 *   `drift_x` …
 *
 * Throws a ParameterError that names the option, or what the tracks lack for it.
 *
 * @example
 * const seen = measure(tracks, { noise: { sigma: 0.03 }, missed: 0.05, drift: { velocity: [0.01, 0] }, seed: 1 });
 */
export function measure(tracks: Tracks, options: MeasureOptions): Tracks {
  const fields = readFields('', options, ['seed', ...MEASUREMENT_FIELDS]);
  if (!ArrayBuffer.isView(tracks?.positions)) {
    throw new ParameterError('tracks', tracks, 'a set of tracks');
  }
  return measured(tracks, fields, deriveSeed(checkSeed(fields.seed), 'measurement'));
}

/** {@link measure} with the fields of a specification, and a seed whose streams of measurement nothing has used. */
export function measured(
  tracks: Tracks,
  fields: Readonly<Record<string, unknown>>,
  seed: number,
): Tracks {
  const measurement = readMeasurement(fields, tracks.dim, seed);
  const { noise, blur } = measurement;
  const exposed = blur ? blurredTracks(tracks, blur, fields.blur) : tracks;
  const { dim, dt, count, offsets, frames, pointColumns } = exposed;
  const positions = blur ? exposed.positions : exposed.positions.slice();
  const lossy = losesFrames(measurement);
  const piece = new Int32Array(lossy ? exposed.pointCount : 0);
  const sigma = new Float64Array(noise ? count * dim : 0);
  const qSignal = noise?.kind === 'q' ? qSignals(exposed) : undefined;
  for (let track = 0; track < count; track++) {
    const [from, to] = [offsets[track], offsets[track + 1]];
    observe(
      measurement,
      {
        seed,
        track,
        dim,
        dt,
        qSignal: qSignal?.[track] ?? NaN,
        frames: frames?.subarray(from, to),
      },
      positions.subarray(from * dim, to * dim),
      to - from,
      lossy ? piece.subarray(from, to) : piece,
      sigma.subarray(track * dim, (track + 1) * dim),
    );
  }
  const trackColumns = columnsAfter(measurement, exposed, sigma);
  if (!lossy) return new Tracks({ ...exposed.data, positions, trackColumns });
  const seen = seenPieces(positions, offsets, dim, piece, leastPoints(measurement), frames);
  const take = (columns: Columns, rows: Uint32Array): Columns =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, takeRows(column, rows)]),
    );
  return new Tracks({
    ...exposed.data,
    positions: seen.positions,
    offsets: seen.offsets,
    frames: seen.frames,
    pointColumns: take(pointColumns, seen.points),
    trackColumns: take(trackColumns, seen.rows),
  });
}

/** √(DΔt + (vΔt)²) of every track, from its columns. */
function qSignals({ count, dt, trackColumns }: Tracks): Float64Array {
  const D = numbersOf(trackColumns, 'D');
  const speed = numbersOf(trackColumns, 'speed');
  return Float64Array.from({ length: count }, (_, i) => {
    const diffusion = D?.[i];
    if (diffusion === undefined || !(diffusion >= 0)) {
      throw new ParameterError(
        'noise.q',
        diffusion,
        `tracks with a column D, their diffusion coefficient (that of track ${i} is missing); use sigma or snr`,
      );
    }
    const drift = (speed?.[i] || 0) * dt;
    return Math.sqrt(diffusion * dt + drift * drift);
  });
}

function columnsAfter(measurement: Measurement, tracks: Tracks, sigma: Float64Array): Columns {
  const { noise, drift } = measurement;
  const { dim, count } = tracks;
  let columns = tracks.trackColumns;
  if (noise)
    columns = errorColumns(columns, sigma, dim, noise.perCoordinate || noise.axes !== undefined);
  const drifts = driftNames(measurement, dim).map((name, d) => {
    const before = numbersOf(tracks.trackColumns, name);
    const after = (_: unknown, i: number): number => (before?.[i] ?? 0) + (drift?.[d] ?? 0);
    return [name, Float64Array.from({ length: count }, after)] as const;
  });
  return { ...columns, ...Object.fromEntries(drifts) };
}
