/** Options of `gajowczyk2021`. */
export interface Gajowczyk2021Options {
  /** Number of tracks; the four classes differ by at most one. */
  count: number;
  /** Any safe integer. */
  seed: number;
}
