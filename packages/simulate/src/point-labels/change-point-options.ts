/** Options of `changePoint`. */
export interface ChangePointOptions {
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /** 1 unless told. */
  dim?: 1 | 2 | 3;
  /** Points of a track, 200 unless told, or their range. */
  length?: number | { readonly min: number; readonly max: number };
  /** Standard deviation of the localisation error in those of the steps, 0 unless told; of a list each is as likely. */
  sigma?: number | readonly number[];
}
