import { takeRows } from '../column.ts';
import { Images } from '../images.ts';

/**
 * The images at `rows`, in that order, with their masks, labels and columns.
 *
 * Throws a RangeError for a row that there is not.
 *
 * @example
 * selectImages(images, [2, 0]).count // 2
 */
export function selectImages(images: Images, rows: ArrayLike<number>): Images {
  const { pixels, masks, height, width, labels, imageColumns } = images;
  const size = height * width;
  const taken = pixels.slice(0, 0).constructor as new (length: number) => Float32Array | Uint8Array;
  const chosen = new taken(rows.length * size);
  const chosenMasks = masks && new Uint8Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const { index } = images.at(rows[i]);
    chosen.set(pixels.subarray(index * size, (index + 1) * size), i * size);
    chosenMasks?.set(masks!.subarray(index * size, (index + 1) * size), i * size);
  }
  return new Images({
    pixels: chosen,
    count: rows.length,
    height,
    width,
    ...(chosenMasks && { masks: chosenMasks }),
    ...(labels && { labels: takeRows(labels, rows) }),
    imageColumns: Object.fromEntries(
      Object.entries(imageColumns).map(([name, column]) => [name, takeRows(column, rows)]),
    ),
  });
}
