import { type Random, randomGeometric } from '@diffusion/random';

/**
 * Marks `missing` frames with −1, in bursts of `mean` frames in the mean (the last one shorter), each between two seen points
 * that are any two neighbours with equal probability. The first frame and the last one are seen.
 */
export function missBursts(random: Random, piece: Int32Array, missing: number, mean: number): void {
  if (missing === 0) return;
  const links = piece.length - missing - 1;
  const gaps = new Int32Array(links);
  for (let left = missing; left > 0; ) {
    const frames = Math.min(left, mean === 1 ? 1 : randomGeometric(random, 1 / mean));
    gaps[random.integerBelow(links)] += frames;
    left -= frames;
  }
  let frame = 0;
  for (let link = 0; link < links; link++) {
    frame++;
    for (let k = 0; k < gaps[link]; k++) piece[frame++] = -1;
  }
}
