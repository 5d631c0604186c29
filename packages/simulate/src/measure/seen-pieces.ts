/** What is left of tracks when only the frames that were seen are kept. */
export interface SeenPieces {
  readonly positions: Float64Array;
  readonly offsets: Uint32Array;
  readonly frames: Int32Array;
  /** Track that each piece was cut from. */
  readonly rows: Uint32Array;
  /** Which of all points are left. */
  readonly points: Uint32Array;
}

/**
 * Keeps the points whose piece is not negative, a row per piece; gaps stay as jumps in `frames`, which are those given,
 * or else 0, 1, 2, … in every track. Pieces of fewer than `minPoints` seen points are dropped. Positions are moved
 * together within their own array, and the result is a view of it.
 */
export function seenPieces(
  positions: Float64Array,
  offsets: Uint32Array,
  dim: number,
  piece: Int32Array,
  minPoints: number,
  framesBefore?: Int32Array,
): SeenPieces {
  const frames = new Int32Array(piece.length);
  const points = new Uint32Array(piece.length);
  const ends: number[] = [];
  const rows: number[] = [];
  let write = 0;
  for (let row = 0; row + 1 < offsets.length; row++) {
    let begin = write;
    let current = -1;
    const close = (): void => {
      if (write === begin) return;
      if (write - begin < minPoints) write = begin;
      else {
        ends.push(write);
        rows.push(row);
      }
      begin = write;
    };
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (piece[at] < 0) continue;
      if (piece[at] !== current) {
        close();
        current = piece[at];
      }
      positions.copyWithin(write * dim, at * dim, (at + 1) * dim);
      points[write] = at;
      frames[write++] = framesBefore ? framesBefore[at] : at - offsets[row];
    }
    close();
  }
  return {
    positions: positions.subarray(0, write * dim),
    offsets: Uint32Array.from([0, ...ends]),
    frames: frames.subarray(0, write),
    rows: Uint32Array.from(rows),
    points: points.subarray(0, write),
  };
}
