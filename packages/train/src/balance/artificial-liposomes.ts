import { deriveSeed } from '@diffusion/random';
import { type LiposomesOptions, liposomes } from '@diffusion/simulate';
import { type Frame, frameImages, Images } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import { largestCount, membersOfClasses } from './class-counts.ts';

/** What {@link withArtificialLiposomes} is told: which liposomes are drawn, and how, beside their number and classes. */
export interface ArtificialLiposomesOptions extends Omit<LiposomesOptions, 'count' | 'shares'> {
  /**
   * How the images were framed, where they were: what is drawn, of `size` pixels (64 unless told), is framed alike. Without it
   * `size` is that of the images.
   */
  readonly frame?: Frame;
}

/** Pixels along a side that what is to be framed is drawn in. */
const DRAWN_SIZE = 64;

const KNOWN = {
  problem: true,
  seed: true,
  size: true,
  radius: true,
  distortion: true,
  shift: true,
  ambiguity: true,
  frame: true,
} as const;

/**
 * Labelled images of liposomes, and behind them as many artificial ones of every class as it has less than the largest
 * (Gryshkevych 2016, section 4.8.4). The thesis found that networks learn poorly from its artificial images; whether these help
 * on micrographs of one's own is to be tried. Of integers, artificial intensities are times 255. Masks are added where the images
 * have them. The column `artificial` is 1 for what was drawn; other columns are left out, since what is drawn has none.
 *
 * Throws {@link TrainError} for images without labels, that are not square or have a class that the problem does not know, and a
 * `ParameterError` for an option out of its range.
 *
 * @example
 * const balanced = withArtificialLiposomes(images, { problem: 'lamellarity', seed: 1 });
 */
export function withArtificialLiposomes(
  images: Images,
  options: ArtificialLiposomesOptions,
): Images {
  checkOptions<ArtificialLiposomesOptions>('withArtificialLiposomes', options, KNOWN, TrainError);
  const { count, height, width, labels, masks } = images;
  if (!labels) throw new TrainError('images have no labels to balance by');
  if (height !== width) {
    throw new TrainError(`images are ${height} × ${width}: expected square ones`);
  }
  const members = membersOfClasses(labels.codes);
  const most = largestCount(members);
  const missing = [...members].map(([code, own]) => [code, most - own.length] as const);
  const added = missing.reduce((sum, [, n]) => sum + n, 0);
  const { frame, ...drawing } = options;
  if (frame && frame.size !== width) {
    throw new TrainError(`frame.size is ${frame.size}: expected ${width}, that of the images`);
  }
  const drawnSize = frame ? (options.size ?? DRAWN_SIZE) : width;
  if (options.size !== undefined && options.size !== drawnSize) {
    throw new TrainError(
      `size is ${options.size}: expected ${width}, that of the images, or a frame for what is drawn`,
    );
  }
  const { classes } = liposomes({ ...drawing, count: 0 });
  for (const [code] of missing) {
    if (classes.includes(labels.dictionary[code])) continue;
    throw new TrainError(
      `label '${labels.dictionary[code]}': expected one of ${classes.join(', ')}`,
    );
  }
  const size = height * width;
  const integers = images.pixels instanceof Uint8Array;
  const pixels = new (integers ? Uint8Array : Float32Array)((count + added) * size);
  pixels.set(images.pixels);
  const allMasks = masks && new Uint8Array(pixels.length);
  allMasks?.set(masks!);
  const codes = new Uint32Array(count + added);
  codes.set(labels.codes);
  if (added > 0) {
    const whole = liposomes({
      ...drawing,
      seed: deriveSeed(options.seed, 'balance'),
      size: drawnSize,
      count: added,
      shares: Object.fromEntries(missing.map(([code, n]) => [labels.dictionary[code], n])),
    }).generate();
    const drawn = frame ? frameImages(whole, frame) : whole;
    pixels.set(
      integers ? drawn.pixels.map((value) => Math.round(255 * value)) : drawn.pixels,
      count * size,
    );
    allMasks?.set(drawn.masks!, count * size);
    const codeOf = drawn.labels!.dictionary.map((name) => labels.dictionary.indexOf(name));
    drawn.labels!.codes.forEach((code, i) => {
      codes[count + i] = codeOf[code];
    });
  }
  return new Images({
    pixels,
    count: count + added,
    height,
    width,
    labels: { codes, dictionary: labels.dictionary },
    ...(allMasks && { masks: allMasks }),
    imageColumns: {
      artificial: Uint8Array.from({ length: count + added }, (_, i) => Number(i >= count)),
    },
  });
}
