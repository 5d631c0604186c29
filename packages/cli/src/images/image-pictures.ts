import type { ClassImages, MistakenImage } from '@diffusion/eval';
import { keyedRandom } from '@diffusion/random';
import { columnValue, type Images, type Prediction, selectImages } from '@diffusion/tracks';
import { encodePng } from '@diffusion/tracks/images';
import { augmentImages, type ImageAugmentation } from '@diffusion/train';

/** Images of a class, and copies of one, that a report shows. */
const shownOfClass = 8;

/** Mistaken images that a report shows. */
const shownMistakes = 12;

/** Some images of each class as PNG files, and what training makes of the first of them. */
export function picturesOfClasses(
  images: Images,
  seed: number,
  augmentation?: ImageAugmentation,
): ClassImages[] {
  const { codes, dictionary } = images.labels!;
  return dictionary.map((name, code) => {
    const rows = Array.from(codes.keys()).filter((i) => codes[i] === code);
    const first = rows.slice(0, shownOfClass);
    const copies = selectImages(
      images,
      first.slice(0, 1).flatMap((row) => new Array(shownOfClass).fill(row)),
    );
    const random = keyedRandom(seed, 'augmentation', code);
    return {
      name,
      count: rows.length,
      images: first.map((row) => encodePng(images.at(row))),
      ...(augmentation && {
        augmented: Array.from(augmentImages(copies, augmentation, random), (image) =>
          encodePng(image),
        ),
      }),
    };
  });
}

/** Of the images of several folds, each with what was said of it, those of which the models were surest. */
export function mistakesOfAll(
  judged: readonly { readonly images: Images; readonly prediction: Prediction }[],
): { mistakes: MistakenImage[]; count: number } {
  const each = judged.map(({ images, prediction }) => mistakesOf(images, prediction));
  return {
    mistakes: each
      .flatMap(({ mistakes }) => mistakes)
      .sort((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
      .slice(0, shownMistakes),
    count: each.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The mistaken images of which a model was surest, and the number of all. */
export function mistakesOf(
  images: Images,
  { codes = new Int32Array(0), classes = [], probabilities }: Prediction,
): { mistakes: MistakenImage[]; count: number } {
  const { labels, imageColumns } = images;
  const sure = (i: number) => probabilities?.[i * classes.length + codes[i]] ?? Number.NaN;
  const wrong = Array.from(codes.keys())
    .filter((i) => codes[i] >= 0 && classes[codes[i]] !== labels!.dictionary[labels!.codes[i]])
    .sort((a, b) => sure(b) - sure(a) || a - b);
  const mistakes = wrong.slice(0, shownMistakes).map((i) => ({
    png: encodePng(images.at(i)),
    name: imageColumns.image ? String(columnValue(imageColumns.image, i)) : `image ${i}`,
    actual: labels!.dictionary[labels!.codes[i]],
    predicted: classes[codes[i]],
    ...(probabilities && { probability: sure(i) }),
  }));
  return { mistakes, count: wrong.length };
}
