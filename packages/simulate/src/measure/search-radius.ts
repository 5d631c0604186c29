/**
 * Cuts a track where two seen points that follow each other lie further apart than `radius`, as a program does that links
 * points no further away: what comes after is the next piece. Points that are not seen (−1) are passed over.
 */
export function cutLinks(
  positions: Float64Array,
  piece: Int32Array,
  dim: number,
  radius: number,
): void {
  let last = -1;
  let cuts = 0;
  let before = 0;
  for (let k = 0; k < piece.length; k++) {
    if (piece[k] < 0) continue;
    if (last >= 0 && piece[k] === before && distance2(positions, last, k, dim) > radius * radius) {
      cuts++;
    }
    before = piece[k];
    piece[k] += cuts;
    last = k;
  }
}

/** Square of the distance between two points. */
function distance2(positions: Float64Array, from: number, to: number, dim: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) {
    const difference = positions[to * dim + d] - positions[from * dim + d];
    sum += difference * difference;
  }
  return sum;
}

/** The longest link between two seen points that follow each other. */
export function longestLink(positions: Float64Array, piece: Int32Array, dim: number): number {
  let longest = 0;
  let last = -1;
  for (let k = 0; k < piece.length; k++) {
    if (piece[k] < 0) continue;
    if (last >= 0) longest = Math.max(longest, distance2(positions, last, k, dim));
    last = k;
  }
  return Math.sqrt(longest);
}
