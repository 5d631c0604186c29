import { FeaturesError } from '../errors.ts';

/** One grey image with the region of interest. */
export interface MaskedImage {
  /** Intensities, row by row, height × width. */
  readonly pixels: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  /** Not 0 where a pixel belongs to the object; every pixel does when it is left out. */
  readonly mask?: ArrayLike<number>;
}

/** The pixels of the object of an image. */
export interface Region {
  readonly count: number;
  /** Column and row of each pixel of the object. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly values: Float64Array;
  readonly centreX: number;
  readonly centreY: number;
  readonly inside: (x: number, y: number) => boolean;
}

/** The region of an image. Throws {@link FeaturesError} when its arrays do not fit its size or a value is not finite. */
export function regionOf({ pixels, height, width, mask }: MaskedImage): Region {
  if (pixels.length !== height * width) {
    throw new FeaturesError(
      `pixels has ${pixels.length} values: expected height × width = ${height * width}`,
    );
  }
  if (mask && mask.length !== pixels.length) {
    throw new FeaturesError(`mask has ${mask.length} values: expected ${pixels.length}`);
  }
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (mask?.[y * width + x] ?? 1) !== 0;
  const x: number[] = [];
  const y: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!inside(column, row)) continue;
      const value = pixels[row * width + column];
      if (!Number.isFinite(value)) {
        throw new FeaturesError(
          `pixel (${column}, ${row}) is ${value}: expected a finite number inside the mask`,
        );
      }
      x.push(column);
      y.push(row);
      values.push(value);
    }
  }
  const count = x.length;
  return {
    count,
    x: Int32Array.from(x),
    y: Int32Array.from(y),
    values: Float64Array.from(values),
    centreX: x.reduce((a, b) => a + b, 0) / count,
    centreY: y.reduce((a, b) => a + b, 0) / count,
    inside,
  };
}
