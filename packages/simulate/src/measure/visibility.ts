import type { Random } from '@diffusion/random';

/**
 * Marks frames in which the particle is not detected with −1, each with the same probability, independently.
 * The first and the last frame are always seen, so that the track keeps its duration.
 */
export function missFrames(random: Random, piece: Int32Array, probability: number): void {
  for (let k = 1; k < piece.length - 1; k++) if (random.uniform() < probability) piece[k] = -1;
}

/**
 * Marks the dark frames of a blinking particle with −1: it goes dark with probability 1/meanOn and comes back
 * with probability 1/meanOff per frame, so that bright and dark spells are geometric with these means, in
 * frames; in a gap of `frames` (0, 1, 2, … without them) it blinks on. The first point and the last one are always
 * seen.
 */
export function blink(
  random: Random,
  piece: Int32Array,
  meanOn: number,
  meanOff: number,
  frames?: Int32Array,
): void {
  let bright = true;
  for (let k = 1; k < piece.length - 1; k++) {
    for (let missing = frames ? frames[k] - frames[k - 1] : 1; missing > 0; missing--) {
      bright = bright ? random.uniform() >= 1 / meanOn : random.uniform() < 1 / meanOff;
    }
    if (!bright) piece[k] = -1;
  }
}

/**
 * Puts a path at a random place of a square (segment, cube) field of view of side `size` and marks the frames
 * outside with −1; every time the particle comes back it begins the next piece. The path begins inside: its
 * first place is uniform over the field.
 */
export function limitField(
  random: Random,
  positions: Float64Array,
  piece: Int32Array,
  dim: number,
  size: number,
): void {
  for (let d = 0; d < dim; d++) {
    const shift = size * random.uniform();
    for (let k = 0; k < piece.length; k++) positions[k * dim + d] += shift;
  }
  let number = 0;
  let wasInside = true;
  for (let k = 0; k < piece.length; k++) {
    let inside = true;
    for (let d = 0; d < dim; d++) {
      const x = positions[k * dim + d];
      if (x < 0 || x >= size) inside = false;
    }
    if (inside && !wasInside) number++;
    piece[k] = inside ? number : -1;
    wasInside = inside;
  }
}
