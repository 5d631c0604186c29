import type { Columns } from './column.ts';

/** Number of spatial dimensions. */
export type Dim = 1 | 2 | 3;

/** Everything a set of tracks is made of: plain typed arrays, so that it can be posted to a worker as it is. */
export interface TracksData {
  /** Coordinates, points × dim, interleaved: x₀ y₀ x₁ y₁ … in `positionUnit`. */
  readonly positions: Float64Array;
  /** Track i has the points offsets[i] … offsets[i + 1] − 1; length is the number of tracks + 1. */
  readonly offsets: Uint32Array;
  readonly dim: Dim;
  /** Frame number per point, strictly increasing within a track; absent means 0, 1, 2, … in every track, and that nobody knows whether frame 0 of one is that of another. A gap is a jump. */
  readonly frames?: Int32Array;
  /** Time between two frames, in `timeUnit`. */
  readonly dt: number;
  /** 'µm', 'pixel', …; '' when the source does not say. */
  readonly positionUnit: string;
  /** 's', …; 'frame' when the source does not say. */
  readonly timeUnit: string;
  /** Named columns with a value per point (state, intensity, localisation σ, …). */
  readonly pointColumns: Columns;
  /** Named columns with a value per track (label, alpha, source file, …). */
  readonly trackColumns: Columns;
}
