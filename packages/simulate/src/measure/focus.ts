import type { Random } from '@diffusion/random';

/** A focus that has been checked. */
export interface Focus {
  readonly depth: number;
  readonly height: number;
  readonly minPoints: number;
}

/**
 * Puts a path at a random height, along its last axis, of a volume of which the lowest `depth` are in focus, and marks the frames
 * outside of the focus with −1; every time the particle comes back it begins the next piece. What leaves the volume at one
 * side comes in at the other, so that as many particles come into focus as leave it. Where the volume is no higher than the
 * focus, the path begins in focus, and what leaves it may come back, as a particle that was seen first.
 */
export function limitFocus(
  random: Random,
  positions: Float64Array,
  piece: Int32Array,
  dim: number,
  { depth, height }: Focus,
): void {
  const shift = height * random.uniform();
  let wasInside = true;
  let before = 0;
  let cuts = 0;
  for (let k = 0; k < piece.length; k++) {
    const at = k * dim + dim - 1;
    positions[at] += shift;
    // Which of the volumes that lie on each other the path is in: another one has another particle.
    const volume = height > depth ? Math.floor(positions[at] / height) : 0;
    positions[at] -= volume * height;
    const inside = positions[at] >= 0 && positions[at] < depth;
    if (inside && k > 0 && !(wasInside && volume === before)) cuts++;
    wasInside = inside;
    before = volume;
    if (!inside) piece[k] = -1;
    else if (piece[k] >= 0) piece[k] += cuts;
  }
}
