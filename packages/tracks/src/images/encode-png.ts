import { encode } from 'fast-png';
import { TracksError } from '../errors.ts';
import type { Picture } from './picture.ts';

/**
 * An image as the bytes of a grey PNG file. Intensities below 0 are black, those above 1 white.
 *
 * Throws {@link TracksError} for a depth that is neither 8 nor 16 bits.
 *
 * @example
 * await writeFile('liposome.png', encodePng(images.at(0)));
 */
export function encodePng(
  { width, height, pixels }: Pick<Picture, 'width' | 'height' | 'pixels'>,
  { depth = 8 }: { readonly depth?: 8 | 16 } = {},
): Uint8Array {
  if (depth !== 8 && depth !== 16) throw new TracksError(`depth is ${depth}: expected 8 or 16`);
  const most = 2 ** depth - 1;
  const scale = pixels instanceof Uint8Array ? most / 255 : most;
  const data = new (depth === 8 ? Uint8Array : Uint16Array)(width * height);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.min(most, Math.max(0, Math.round(pixels[i] * scale)));
  }
  return encode({ width, height, data, depth, channels: 1 });
}

/** A mask as a PNG file, white where it is not 0. */
export const encodeMask = ({ width, height, mask }: Picture & { readonly mask: Uint8Array }) =>
  encodePng({ width, height, pixels: mask.map((value) => (value === 0 ? 0 : 255)) });
