import { type Columns, columnLength, columnValue, type TextColumn } from './column.ts';
import { imagesViews } from './display/images-views.ts';
import { showAs } from './display/show-as.ts';
import { TracksError } from './errors.ts';
import { checkOptions } from './names/check-options.ts';

/** Everything a set of images is made of: plain typed arrays, so that it can be posted to a worker as it is. */
export interface ImagesData {
  /** Intensities, count × height × width, row by row. */
  readonly pixels: Float32Array | Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Class of each image; the dictionary is the list of classes in class order. */
  readonly labels?: TextColumn;
  /** What each pixel belongs to (0: background), in the shape of `pixels`. */
  readonly masks?: Uint8Array;
  /** Named columns with a value per image (radius, signal-to-noise ratio, …). */
  readonly imageColumns: Columns;
}

/** One image: views into the set it belongs to. */
export interface Image {
  readonly index: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Float32Array | Uint8Array;
  readonly mask: Uint8Array | undefined;
  readonly label: string | undefined;
}

/** What {@link Images} is made from; without `imageColumns` there are none. */
export type ImagesInit = Omit<ImagesData, 'imageColumns'> & Partial<ImagesData>;

/**
 * A set of images of one size, held in columns, as {@link Tracks} holds tracks.
 *
 * Throws {@link TracksError} when the arrays do not fit each other.
 *
 * @example
 * const images = new Images({ pixels: new Float32Array(2 * 8 * 8), count: 2, height: 8, width: 8 });
 * images.at(1).pixels.length // 64
 */
export class Images implements ImagesData {
  readonly pixels: Float32Array | Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly labels?: TextColumn;
  readonly masks?: Uint8Array;
  readonly imageColumns: Columns;

  constructor(init: ImagesInit) {
    checkOptions('Images', init, FIELDS);
    this.pixels = init.pixels;
    this.count = init.count;
    this.height = init.height;
    this.width = init.width;
    if (init.labels) this.labels = init.labels;
    if (init.masks) this.masks = init.masks;
    this.imageColumns = init.imageColumns ?? {};
    check(this);
  }

  /** Image i, as views. Throws a RangeError when there is no such image. */
  at(i: number): Image {
    const { count, height, width, pixels, masks, labels } = this;
    if (!(Number.isInteger(i) && i >= 0 && i < count)) {
      throw new RangeError(`image ${i} does not exist: expected an integer from 0 to ${count - 1}`);
    }
    const size = height * width;
    return {
      index: i,
      height,
      width,
      pixels: pixels.subarray(i * size, (i + 1) * size),
      mask: masks?.subarray(i * size, (i + 1) * size),
      label: labels && String(columnValue(labels, i)),
    };
  }

  *[Symbol.iterator](): IterableIterator<Image> {
    for (let i = 0; i < this.count; i++) yield this.at(i);
  }

  /** The plain columns: what to post to a worker, where `new Images(data)` makes the set again without copying. */
  get data(): ImagesData {
    return {
      pixels: this.pixels,
      count: this.count,
      height: this.height,
      width: this.width,
      ...(this.labels && { labels: this.labels }),
      ...(this.masks && { masks: this.masks }),
      imageColumns: this.imageColumns,
    };
  }
}

showAs(Images.prototype, imagesViews);

const FIELDS = {
  pixels: true,
  count: true,
  height: true,
  width: true,
  labels: true,
  masks: true,
  imageColumns: true,
} as const;

function check({ pixels, count, height, width, labels, masks, imageColumns }: Images): void {
  for (const [name, value] of Object.entries({ count, height, width })) {
    const least = name === 'count' ? 0 : 1;
    if (!(Number.isInteger(value) && value >= least)) {
      throw new TracksError(`${name} is ${value}: expected an integer from ${least}`);
    }
  }
  const size = count * height * width;
  for (const [name, values] of Object.entries({ pixels, masks })) {
    if (values && !ArrayBuffer.isView(values)) {
      throw new TracksError(`${name} is no typed array: expected a Float32Array or a Uint8Array`);
    }
    if (!values || values.length === size) continue;
    throw new TracksError(
      `${name} has ${values.length} values: expected ${count} × ${height} × ${width} = ${size}`,
    );
  }
  for (const [name, column] of Object.entries({ labels, ...imageColumns })) {
    if (!column || columnLength(column) === count) continue;
    throw new TracksError(`${name} has ${columnLength(column)} rows: expected ${count}`);
  }
}
