import { type Columns, textColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import {
  checkFrame,
  type Frame,
  type FramedPicture,
  framePicture,
  imagesOf,
} from '../images/frame-images.ts';
import type { Picture } from '../images/picture.ts';
import type { Images } from '../images.ts';
import { type ImageEntry, imageEntries } from './image-entries.ts';
import { readBytes } from './read-file.ts';

/** The most bytes of a file of images. */
const MOST_BYTES = 2 ** 29;

/** An image of a file, and what it is called. */
export interface NamedPicture extends Picture {
  /** Path of the file within its folder; of a page of several of a TIFF with its number from 1, `stack.tif#2`. */
  readonly name: string;
  /** What the table of the folder says of it beside label and mask. */
  readonly cells?: Readonly<Record<string, string>>;
}

/** What the readers of images may be told. */
export interface ReadImagesOptions {
  /** An abort ends the reading, which then throws its reason. */
  readonly signal?: AbortSignal;
  /** Told the number of images read, of those there are as far as is known. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * The images of files and folders, PNG and TIFF of 8 and 16 bits, one after the other and each in its own size. A folder has
 * its images in folders by class, or a table `labels.csv` with the columns `image` (a path within the folder), `label` and
 * `mask` as far as they are known, and any others; without either its images have no label. Without a word of the table, a mask has the same name in the
 * same place of a folder `masks`, of a file or a class by itself in that of its set, or the one that the table says; it marks what is
 * not black.
 *
 * @throws {@link ReadError} for what is missing, is no image or is damaged, for a mask of another size than its image and for
 *   a table that is not as said.
 *
 * @example
 * for await (const { name, width, height, label } of readPictures('liposomes')) console.log(name, width, height, label);
 */
export async function* readPictures(
  paths: string | readonly string[],
  { signal, onProgress }: ReadImagesOptions = {},
): AsyncGenerator<NamedPicture> {
  const all = typeof paths === 'string' ? [paths] : paths;
  if (all.length === 0) throw new ReadError('no files: expected at least one', { source: 'paths' });
  const entries: ImageEntry[] = [];
  for (const path of all) {
    const found = await imageEntries(path);
    // Of several folders a name alone would not say which one it is.
    const named = (name: string) =>
      all.length === 1 || found[0].path === path ? name : `${path}/${name}`;
    entries.push(...found.map((entry) => ({ ...entry, name: named(entry.name) })));
  }
  // Two files of one name in two folders are told apart by their paths.
  const counts = new Map<string, number>();
  for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [i, entry] of entries.entries()) {
    if (counts.get(entry.name)! > 1) entries[i] = { ...entry, name: entry.path };
  }
  const seen = new Set<string>();
  for (const { name, path } of entries) {
    if (seen.has(name)) throw new ReadError(`is there twice as ${name}`, { source: path });
    seen.add(name);
  }
  for (const [i, entry] of entries.entries()) {
    signal?.throwIfAborted();
    yield* picturesOf(entry, signal);
    onProgress?.(i + 1, entries.length);
  }
}

async function* picturesOf(entry: ImageEntry, signal?: AbortSignal): AsyncGenerator<NamedPicture> {
  const { name, path, mask, label, cells } = entry;
  const pages = await decoded(path, signal);
  const masks = mask === undefined ? undefined : await decoded(mask, signal);
  if (masks && masks.length !== pages.length) {
    throw new ReadError(`has ${masks.length} images: expected ${pages.length} as in ${path}`, {
      source: mask!,
    });
  }
  for (const [k, page] of pages.entries()) {
    const { width, height } = page;
    const marked = masks?.[k];
    if (marked && (marked.width !== width || marked.height !== height)) {
      throw new ReadError(
        `has ${marked.width} × ${marked.height} pixels: expected ${width} × ${height} as in ${path}`,
        { source: mask! },
      );
    }
    yield {
      ...page,
      name: pages.length === 1 ? name : `${name}#${k + 1}`,
      ...(marked && { mask: Uint8Array.from(marked.pixels, (value) => (value > 0 ? 1 : 0)) }),
      ...(label !== undefined && { label }),
      ...(cells && { cells }),
    };
  }
}

async function decoded(path: string, signal?: AbortSignal): Promise<Picture[]> {
  // Who reads tracks alone loads no decoder.
  const { decodeImage } = await import('../images/decode-image.ts');
  return decodeImage(await readBytes(path, MOST_BYTES, { signal }), path);
}

/**
 * The images of files and folders as {@link readPictures} reads them, in one frame, as {@link frameImages} makes it: no more is
 * held in memory than what is seen of them. Beside `width` and `height` the set has the column `image`, their names, and those
 * of the table: numbers where all of a column are numbers.
 *
 * @throws {@link ReadError} as {@link readPictures} does, and where some images have a label and others have none;
 *   {@link TracksError} as {@link frameImages}.
 *
 * @example
 * const images = await readImages('liposomes', { view: 'mask', size: 28 });
 */
export async function readImages(
  paths: string | readonly string[],
  frame: Frame,
  options: ReadImagesOptions = {},
): Promise<Images> {
  checkFrame(frame);
  const framed: FramedPicture[] = [];
  const labels: (string | undefined)[] = [];
  const names: string[] = [];
  const [widths, heights]: number[][] = [[], []];
  const cells: Readonly<Record<string, string>>[] = [];
  for await (const picture of readPictures(paths, options)) {
    framed.push(framePicture(picture, frame, `image ${picture.name}`));
    names.push(picture.name);
    labels.push(picture.label);
    widths.push(picture.width);
    heights.push(picture.height);
    cells.push(picture.cells ?? {});
  }
  const without = labels.indexOf(undefined);
  if (without >= 0 && labels.some((label) => label !== undefined)) {
    throw new ReadError('has no label: expected one of every image, or of none', {
      source: names[without],
    });
  }
  return imagesOf(framed, frame.size, labels, {
    image: textColumn(names),
    width: Float64Array.from(widths),
    height: Float64Array.from(heights),
    ...columnsOf(cells),
  });
}

/** The columns of a table that every image has. */
function columnsOf(cells: readonly Readonly<Record<string, string>>[]): Columns {
  const names = Object.keys(cells[0] ?? {}).filter(
    (name) => !['width', 'height'].includes(name) && cells.every((row) => Object.hasOwn(row, name)),
  );
  return Object.fromEntries(
    names.map((name) => {
      const values = cells.map((row) => row[name]);
      const numbers = values.map(Number);
      const numeric = values.every((text, i) => text !== '' && Number.isFinite(numbers[i]));
      return [name, numeric ? Float64Array.from(numbers) : textColumn(values)];
    }),
  );
}
