/** One image of any size by itself, as it is before {@link frameImages} makes a set of one size of several. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** Intensities, row by row: a Float32Array from 0 to 1, or a Uint8Array from 0 to 255. */
  readonly pixels: Float32Array | Uint8Array;
  /** What each pixel belongs to, 0 the background; absent where nobody has said. */
  readonly mask?: Uint8Array | undefined;
  readonly label?: string | undefined;
}
