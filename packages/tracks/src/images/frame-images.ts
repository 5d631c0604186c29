import { type Columns, textColumn } from '../column.ts';
import { TracksError } from '../errors.ts';
import { Images } from '../images.ts';
import { checkOptions } from '../names/check-options.ts';
import type { Picture } from './picture.ts';
import { resample } from './resample.ts';

/** How images of any size become those of one. */
export interface Frame {
  /**
   * What is seen: `surroundings`, the image as it is; `crop`, the square about what its mask marks; `mask`, the same with
   * all that the mask does not mark in black (Gryshkevych 2016, Figures 20 and 21).
   */
  readonly view: View;
  /** Pixels along each side. */
  readonly size: number;
}

/** The names of what is seen of an image. */
export type View = 'surroundings' | 'crop' | 'mask';

/** The names of the views, from the most that is seen to the least. */
export const views: readonly View[] = ['surroundings', 'crop', 'mask'];

/** Throws {@link TracksError} for a frame that is none. */
export function checkFrame(frame: Frame): void {
  checkOptions<Frame>('frame', frame, { view: true, size: true });
  if (!views.includes(frame.view)) {
    throw new TracksError(`frame.view is '${frame.view}': expected ${views.join(', ')}`);
  }
  const { size } = frame;
  if (!(Number.isInteger(size) && size >= 1 && size <= 4096)) {
    throw new TracksError(`frame.size is ${size}: expected an integer from 1 to 4096`);
  }
}

/** One image in its frame. */
export interface FramedPicture {
  readonly pixels: Float32Array;
  readonly mask: Uint8Array | undefined;
}

/**
 * Images of any sizes as a set of one size, with their masks and labels and the columns `width` and `height`, the pixels
 * that each had before. What is seen is a square, so that nothing is stretched; where it reaches beyond an image, the nearest
 * pixel of the edge goes on.
 *
 * The set has masks where all images have one, and labels where all have one, whose classes are in alphabetical order.
 *
 * Throws {@link TracksError} for a frame that is none, and for an image without a mask, or with one that marks nothing, where the view
 * needs one.
 *
 * @example
 * frameImages(liposomes({ problem: 'lamellarity', count: 9, seed: 1, size: 64 }).generate(), { view: 'mask', size: 28 });
 */
export function frameImages(pictures: Iterable<Picture>, frame: Frame): Images {
  checkFrame(frame);
  const framed: FramedPicture[] = [];
  const labels: (string | undefined)[] = [];
  const sizes: number[] = [];
  for (const picture of pictures) {
    framed.push(framePicture(picture, frame, `image ${framed.length}`));
    labels.push(picture.label);
    sizes.push(picture.width, picture.height);
  }
  return imagesOf(framed, frame.size, labels, {
    width: Float64Array.from(framed, (_, i) => sizes[2 * i]),
    height: Float64Array.from(framed, (_, i) => sizes[2 * i + 1]),
  });
}

/** A set of images in their frame. */
export function imagesOf(
  framed: readonly FramedPicture[],
  size: number,
  labels: readonly (string | undefined)[],
  imageColumns: Columns,
): Images {
  const each = size * size;
  const pixels = new Float32Array(framed.length * each);
  const masked = framed.length > 0 && framed.every(({ mask }) => mask);
  const masks = masked ? new Uint8Array(framed.length * each) : undefined;
  for (const [i, one] of framed.entries()) {
    pixels.set(one.pixels, i * each);
    masks?.set(one.mask!, i * each);
  }
  const labelled = labels.length > 0 && labels.every((label) => label !== undefined);
  return new Images({
    pixels,
    count: framed.length,
    height: size,
    width: size,
    ...(masks && { masks }),
    ...(labelled && { labels: inOrder(labels as readonly string[]) }),
    imageColumns,
  });
}

/** Labels whose dictionary is in alphabetical order. */
function inOrder(labels: readonly string[]) {
  const dictionary = [...new Set(labels)].sort();
  const found = textColumn([...dictionary, ...labels]);
  return { dictionary, codes: found.codes.slice(dictionary.length) };
}

/** A square of more takes a gigabyte. */
const MOST_SIDE = 16_384;

/**
 * One image in a frame that has been checked.
 *
 * @param name what it is called in a message.
 */
export function framePicture(
  { width, height, pixels, mask }: Picture,
  { view, size }: Frame,
  name: string,
): FramedPicture {
  if (view !== 'surroundings' && !mask) {
    throw new TracksError(
      `${name} has no mask: expected one for the view '${view}', or the view 'surroundings'`,
    );
  }
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const box = view === 'surroundings' ? whole : boxOf(mask!, width, height);
  if (!box) {
    throw new TracksError(
      `${name} has a mask that marks nothing: expected what is not black for the view '${view}', or the view 'surroundings'`,
    );
  }
  const side = Math.max(box.right - box.left, box.bottom - box.top);
  if (side > MOST_SIDE) {
    throw new TracksError(
      `${name} has ${width} × ${height} pixels: expected ${MOST_SIDE} at most along each side of what is seen`,
    );
  }
  const left = Math.floor((box.left + box.right - side) / 2);
  const top = Math.floor((box.top + box.bottom - side) / 2);
  const scale = pixels instanceof Uint8Array ? 1 / 255 : 1;
  const square = new Float32Array(side * side);
  const marked = mask && new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    const y = Math.min(height - 1, Math.max(0, top + row));
    for (let column = 0; column < side; column++) {
      const x = Math.min(width - 1, Math.max(0, left + column));
      const inside = mask !== undefined && mask[y * width + x] !== 0;
      const at = row * side + column;
      // Beyond the edge there is nothing of it, whatever its last row says.
      const beyond = top + row !== y || left + column !== x;
      if (marked && inside && !beyond) marked[at] = 1;
      if (view !== 'mask' || (inside && !beyond)) square[at] = scale * pixels[y * width + x];
    }
  }
  const small = marked && resample(marked, side, size);
  return {
    pixels: resample(square, side, size),
    mask: small && Uint8Array.from(small, (share) => (share >= 0.5 ? 1 : 0)),
  };
}

/** The smallest box that holds all that is marked; undefined where nothing is. */
function boxOf(mask: Uint8Array, width: number, height: number) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}
