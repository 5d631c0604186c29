/** Options of `motionSegments`. */
export interface MotionSegmentsOptions {
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /** 2 unless told. */
  dim?: 1 | 2 | 3;
  /** Points that are seen, log-uniform on 20 … 200 unless told, or their range. */
  length?: number | { readonly min: number; readonly max: number };
  /** √(D Δt)/σ of the state a track is drawn about, log-uniform; 0.1 … 30 unless told. */
  q?: number | { readonly min: number; readonly max: number };
  /** Share of frames that are missed, uniform; unless told none in half of the tracks and up to 0.3 in the others. */
  gaps?: number | { readonly min: number; readonly max: number };
  /** Fraction of a frame over which a place is the mean, uniform; unless told 0 in a third of the tracks, 1 in another. */
  exposure?: number | { readonly min: number; readonly max: number };
}
