import type { Region } from './image.ts';

/**
 * How far apart the two parts are into which the inside of a region falls: the largest variance between a dark and a bright part
 * that one threshold of the intensity can make (Otsu, IEEE Trans. Syst. Man Cybern. 9, 62 (1979)). 0 for an even inside, up to a
 * quarter of the squared contrast for two parts of the same size, such as inner membranes and what is between them. NaN where
 * nothing lies beneath the membrane.
 *
 * Ours: Gryshkevych (2016) uses an "internal segmentation variance" without saying what it is.
 *
 * @param depths distance of each pixel to what is outside.
 * @param thickness of the membrane; what is deeper is the inside.
 */
export function segmentationVariance(
  region: Region,
  depths: Float64Array,
  thickness: number,
): number {
  const inside = region.values.filter((_, i) => depths[i] > thickness).sort();
  const total = inside.reduce((sum, value) => sum + value, 0);
  let largest = inside.length > 0 ? 0 : Number.NaN;
  let below = 0;
  for (let dark = 1; dark < inside.length; dark++) {
    below += inside[dark - 1];
    const bright = inside.length - dark;
    const apart = below / dark - (total - below) / bright;
    largest = Math.max(largest, (dark * bright * apart * apart) / inside.length ** 2);
  }
  return largest;
}
