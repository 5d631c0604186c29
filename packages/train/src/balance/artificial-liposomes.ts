import { deriveSeed } from '@diffusion/random';
import { type LiposomesOptions, liposomes } from '@diffusion/simulate';
import { Images } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import { largestCount, membersOfClasses } from './class-counts.ts';

/** What {@link withArtificialLiposomes} is told: which liposomes are drawn, and how, beside their number, size and classes. */
export type ArtificialLiposomesOptions = Omit<LiposomesOptions, 'count' | 'size' | 'shares'>;

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
  checkOptions<ArtificialLiposomesOptions>(
    'withArtificialLiposomes',
    options,
    { problem: true, seed: true, radius: true, distortion: true, shift: true, ambiguity: true },
    TrainError,
  );
  const { count, height, width, labels, masks } = images;
  if (!labels) throw new TrainError('images have no labels to balance by');
  if (height !== width) {
    throw new TrainError(`images are ${height} × ${width}: expected square ones`);
  }
  const members = membersOfClasses(labels.codes);
  const most = largestCount(members);
  const missing = [...members].map(([code, own]) => [code, most - own.length] as const);
  const added = missing.reduce((sum, [, n]) => sum + n, 0);
  const { classes } = liposomes({ ...options, count: 0 });
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
    const drawn = liposomes({
      ...options,
      seed: deriveSeed(options.seed, 'balance'),
      size: width,
      count: added,
      shares: Object.fromEntries(missing.map(([code, n]) => [labels.dictionary[code], n])),
    }).generate();
    pixels.set(
      integers ? drawn.pixels.map((value) => Math.round(255 * value)) : drawn.pixels,
      count * size,
    );
    allMasks?.set(drawn.masks!, count * size);
    const codeOf = classes.map((name) => labels.dictionary.indexOf(name));
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
