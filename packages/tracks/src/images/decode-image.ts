import { convertIndexedToRgb, decode as decodePng, hasPngSignature } from 'fast-png';
import { decode as decodeTiff } from 'tiff';
import { ReadError } from '../errors.ts';
import type { Picture } from './picture.ts';

/** The most pixels of one image: a few bytes can say that there are billions. */
const MOST_PIXELS = 2 ** 26;

/**
 * The images in the bytes of a PNG or TIFF file: one of a PNG, one of each page of a TIFF. Intensities of 8 and 16 bits are
 * divided by the largest of their depth, so that they lie from 0 to 1; those of floating-point TIFFs stay as they are.
 * Of a coloured image the mean of red, green and blue is taken; transparency is passed over.
 *
 * Throws {@link ReadError} for bytes that are neither, for what is damaged or compressed in a way that is not known, for
 * images of more than 2²⁶ pixels and for intensities that are no finite numbers.
 *
 * @param source name of the file, for messages.
 *
 * @example
 * const [{ width, height, pixels }] = decodeImage(await readFile('liposome.tif'), 'liposome.tif');
 */
export function decodeImage(bytes: Uint8Array, source: string): Picture[] {
  if (hasPngSignature(bytes)) return [read('PNG', source, () => pngPicture(bytes))];
  if (hasTiffSignature(bytes)) return read('TIFF', source, () => tiffPictures(bytes));
  throw new ReadError('is no image: expected PNG or TIFF', { source });
}

function read<T>(format: string, source: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    // Some messages end where a cause of their own would stand.
    const message = (cause as Error).message.replace(/:\s*$/, '');
    throw new ReadError(`cannot be read as ${format}: ${message}`, { source }, { cause });
  }
}

function hasTiffSignature(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x49 && b === 0x49 && c === 42) || (a === 0x4d && b === 0x4d && d === 42);
}

function pngPicture(bytes: Uint8Array): Picture {
  // Width and height stand in the first chunk, always.
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24) throw new Error('the file ends within its header');
  checkSize(head.getUint32(16), head.getUint32(20));
  const png = decodePng(bytes, { checkCrc: true });
  const { width, height, depth } = png;
  if (depth < 8 || png.palette) {
    const levels = 2 ** depth;
    const greys = Array.from({ length: levels }, (_, k) => [(255 * k) / (levels - 1)]);
    // Whatever has less than a byte a pixel is packed, with or without a palette.
    const palette = png.palette ?? greys;
    const colours = convertIndexedToRgb({ ...png, palette });
    return grey(colours, width, height, colours.length / (width * height), 255);
  }
  return grey(png.data, width, height, png.channels, 2 ** depth - 1);
}

function tiffPictures(bytes: Uint8Array): Picture[] {
  for (const { width, height, bitsPerSample } of decodeTiff(bytes, { ignoreImageData: true })) {
    checkSize(width, height);
    // One bit is what a TIFF means that does not say, and the decoder wants it said.
    if (bitsPerSample === undefined) throw new Error('1 bit per pixel: expected 8, 16 or 32');
  }
  return decodeTiff(bytes).map((page) => {
    const { width, height, data, bitsPerSample, palette } = page;
    if (palette) {
      const colours = Float64Array.from(
        { length: 3 * width * height },
        (_, i) => palette[data[Math.floor(i / 3)]][i % 3],
      );
      return grey(colours, width, height, 3, 2 ** 16 - 1);
    }
    const whole = data instanceof Uint8Array || data instanceof Uint16Array;
    return grey(data, width, height, page.samplesPerPixel, whole ? 2 ** bitsPerSample - 1 : 1);
  });
}

function checkSize(width: number, height: number): void {
  if (width >= 1 && height >= 1 && width * height <= MOST_PIXELS) return;
  throw new Error(`${width} × ${height} pixels: expected from 1 to ${MOST_PIXELS} in all`);
}

/** One intensity per pixel: of several channels the mean of the colours, without what says how transparent they are. */
function grey(
  data: ArrayLike<number>,
  width: number,
  height: number,
  channels: number,
  most: number,
): Picture {
  const size = width * height;
  if (data.length !== size * channels) {
    throw new Error(
      `${data.length} values for ${width} × ${height} pixels of ${channels} channels`,
    );
  }
  const colours = channels >= 3 ? 3 : 1;
  const pixels = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let c = 0; c < colours; c++) sum += data[i * channels + c];
    pixels[i] = sum / colours / most;
    if (!Number.isFinite(pixels[i])) {
      throw new Error(`the intensity of pixel ${i} is ${pixels[i]}: expected a finite number`);
    }
  }
  return { width, height, pixels };
}
