/**
 * Resamples a square image to another side by a triangle as wide as a pixel of the coarser of the two (linear interpolation where it
 * grows, the mean of what a pixel covers where it shrinks, as Pillow's BILINEAR does): rows first, then columns.
 *
 * @param pixels side × side.
 * @returns size × size.
 */
export function resample(pixels: Float32Array, side: number, size: number): Float32Array {
  if (side === size) return pixels;
  const weights = weightsOf(side, size);
  const rows = new Float32Array(side * size);
  for (let row = 0; row < side; row++) {
    for (const [column, { from, shares }] of weights.entries()) {
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += shares[k] * pixels[row * side + from + k];
      rows[row * size + column] = sum;
    }
  }
  const out = new Float32Array(size * size);
  for (const [row, { from, shares }] of weights.entries()) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += shares[k] * rows[(from + k) * size + column];
      out[row * size + column] = sum;
    }
  }
  return out;
}

/** Which of `side` pixels, and how much of each, make each of `size`. */
function weightsOf(side: number, size: number): { from: number; shares: Float64Array }[] {
  const scale = side / size;
  const support = Math.max(1, scale);
  return Array.from({ length: size }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - support + 0.5));
    const to = Math.min(side, Math.floor(centre + support + 0.5));
    const shares = Float64Array.from({ length: to - from }, (_, k) =>
      Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / support),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    return { from, shares: shares.map((share) => share / total) };
  });
}
