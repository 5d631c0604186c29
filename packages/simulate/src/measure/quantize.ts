/** Rounds every coordinate to the nearest multiple of `size`, the side of a pixel. */
export function quantize(positions: Float64Array, coordinates: number, size: number): void {
  // Adding 0 makes −0 a 0.
  for (let at = 0; at < coordinates; at++) {
    positions[at] = Math.round(positions[at] / size) * size + 0;
  }
}
