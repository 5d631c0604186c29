/** Options of `andi2Tracks`. */
export interface Andi2TracksOptions {
  /** Number of tracks; eight in a row are of one experiment. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /** Points of a track, or their range, 20 to 200 unless told; the same for the tracks of an experiment. */
  length?: number | { readonly min: number; readonly max: number };
  /** Standard deviation of the localisation error in pixels, 0.12 unless told, or its range, log-uniform. */
  sigma?: number | { readonly min: number; readonly max: number };
}
