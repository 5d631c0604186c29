import { cosTurns, type Random, sinTurns } from '@diffusion/random';
import { Images } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import { cubicSpline, splineAt } from './cubic-spline.ts';

/** What is done to an image before a network sees it in training, each drawn anew; what is left out is not done. */
export interface ImageAugmentation {
  /** Largest turn in degrees, to either side; 180 is any direction. */
  readonly rotation?: number;
  /** Largest shear: columns shift by up to this much per row. */
  readonly shear?: number;
  /** Largest shift to either side, of the height and of the width, as a share of them. */
  readonly shift?: number;
  /** What share of the height and width is seen, from least to most: [0.8, 1] makes objects up to a quarter larger. */
  readonly zoom?: readonly [least: number, most: number];
  /** Whether rows, and columns, are mirrored, each half of the time. */
  readonly flip?: boolean;
}

/** What Gryshkevych (2016), section 5.5, does to images of liposomes: all of it. */
export const liposomeAugmentation: ImageAugmentation = {
  rotation: 180,
  shear: 0.2,
  shift: 0.1,
  zoom: [0.8, 1],
  flip: true,
};

/**
 * Turned, sheared, shifted, zoomed and mirrored copies of images: one affine map about the middle of each, by a cubic spline, the
 * nearest pixel repeated outside, as `scipy.ndimage.affine_transform` with `order=3, mode='nearest'`. A spline overshoots at
 * edges: values may lie a little outside those of the image; integers are rounded and kept from 0 to 255. Masks go the same way
 * to their nearest pixel. Labels and columns are kept. The bits are the same in every engine.
 *
 * The thesis draws each number uniformly among integers; here from all numbers of its range. Every image takes seven numbers of
 * `random`, whatever is done to it.
 *
 * Throws {@link TrainError} for an option that is unknown or out of its range.
 *
 * @param random the generator; one that is keyed by the seed, the epoch and the first image of a batch makes the same images
 * again wherever the training is resumed.
 *
 * @example
 * augmentImages(images, { rotation: 180, flip: true }, keyedRandom(42, 'augmentation', 0));
 */
export function augmentImages(images: Images, options: ImageAugmentation, random: Random): Images {
  const chosen = checkAugmentation(options);
  const { count, height, width, masks } = images;
  const size = height * width;
  const pixels = new (images.pixels instanceof Uint8Array ? Uint8ClampedArray : Float32Array)(
    count * size,
  );
  const turned = masks && new Uint8Array(masks.length);
  for (let i = 0; i < count; i++) {
    const map = drawMap(chosen, height, width, random);
    const [from, to] = [i * size, (i + 1) * size];
    spread(images.pixels.subarray(from, to), pixels.subarray(from, to), height, width, map);
    if (masks) nearest(masks.subarray(from, to), turned!.subarray(from, to), height, width, map);
  }
  return new Images({
    ...images.data,
    pixels: pixels instanceof Float32Array ? pixels : new Uint8Array(pixels.buffer),
    ...(turned && { masks: turned }),
  });
}

/** Where row i and column j of the result come from: row r₀ + rᵢ i + rⱼ j and column c₀ + cᵢ i + cⱼ j. */
interface AffineMap {
  readonly row: readonly [atOrigin: number, perRow: number, perColumn: number];
  readonly column: readonly [atOrigin: number, perRow: number, perColumn: number];
  /** Whether pixels come from pixels, and from none between them. */
  readonly whole: boolean;
}

function drawMap(
  { rotation, shear, shift, zoom, flip }: Required<ImageAugmentation>,
  height: number,
  width: number,
  random: Random,
): AffineMap {
  const turn = (rotation / 360) * (2 * random.uniform() - 1);
  const slant = shear * random.uniform();
  const down = shift * height * (2 * random.uniform() - 1);
  const right = shift * width * (2 * random.uniform() - 1);
  const seen = zoom[0] + (zoom[1] - zoom[0]) * random.uniform();
  const [up, left] = [random.uniform() < 0.5, random.uniform() < 0.5];
  const perRow = flip && up ? -seen : seen;
  const perColumn = flip && left ? -seen : seen;
  const [cos, sin] = [cosTurns(turn), sinTurns(turn)];
  // Rotation · shear · zoom and mirror, from rows and columns of the result to those of the image.
  const [rowPerRow, rowPerColumn] = [(cos - sin * slant) * perRow, -sin * perColumn];
  const [columnPerRow, columnPerColumn] = [(sin + cos * slant) * perRow, cos * perColumn];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  return {
    row: [
      middleRow + down - rowPerRow * middleRow - rowPerColumn * middleColumn,
      rowPerRow,
      rowPerColumn,
    ],
    column: [
      middleColumn + right - columnPerRow * middleRow - columnPerColumn * middleColumn,
      columnPerRow,
      columnPerColumn,
    ],
    whole: turn === 0 && slant === 0 && down === 0 && right === 0 && seen === 1,
  };
}

function spread(
  from: ArrayLike<number>,
  to: Float32Array | Uint8ClampedArray,
  height: number,
  width: number,
  map: AffineMap,
): void {
  if (map.whole) {
    nearest(from, to, height, width, map);
    return;
  }
  const spline = cubicSpline(from, height, width);
  const { row, column } = map;
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const y = row[0] + row[1] * i + row[2] * j;
      const x = column[0] + column[1] * i + column[2] * j;
      to[at++] = splineAt(spline, y, x);
    }
  }
}

function nearest(
  from: ArrayLike<number>,
  to: Float32Array | Uint8ClampedArray | Uint8Array,
  height: number,
  width: number,
  { row, column }: AffineMap,
): void {
  for (let i = 0, at = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const y = Math.floor(row[0] + row[1] * i + row[2] * j + 0.5);
      const x = Math.floor(column[0] + column[1] * i + column[2] * j + 0.5);
      to[at++] =
        from[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))];
    }
  }
}

/** Throws {@link TrainError} for an augmentation of images that is none, and fills in what is left out. */
export function checkAugmentation(options: ImageAugmentation): Required<ImageAugmentation> {
  if (typeof options !== 'object' || options === null) {
    throw new TrainError(
      `augmentation is ${shown(options)}: expected an object with rotation, shear, shift, zoom and flip as far as wanted`,
    );
  }
  checkOptions<ImageAugmentation>('augmentation', options, KNOWN, TrainError);
  const { rotation = 0, shear = 0, shift = 0, zoom = [1, 1], flip = false } = options;
  for (const [name, value, most] of [
    ['rotation', rotation, 180],
    ['shear', shear, 1],
    ['shift', shift, 1],
  ] as const) {
    if (typeof value === 'number' && value >= 0 && value <= most) continue;
    throw new TrainError(`${name} is ${shown(value)}: expected a number from 0 to ${most}`);
  }
  if (
    !(
      Array.isArray(zoom) &&
      zoom.length === 2 &&
      0 < zoom[0] &&
      zoom[0] <= zoom[1] &&
      zoom[1] <= 10
    )
  ) {
    throw new TrainError(
      `zoom is ${shown(zoom)}: expected two numbers above 0 and up to 10, the smaller one first`,
    );
  }
  if (typeof flip !== 'boolean') {
    throw new TrainError(`flip is ${shown(flip)}: expected true or false`);
  }
  return { rotation, shear, shift, zoom, flip };
}

const KNOWN = { rotation: true, shear: true, shift: true, zoom: true, flip: true } as const;
