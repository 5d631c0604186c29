import {
  mistakenImagesSection,
  type Predictions,
  type Reference,
  type Section,
} from '@diffusion/eval';
import { columnValue, type Frame, type Images } from '@diffusion/tracks';
import { mistakesOf } from './image-pictures.ts';

export { readLabelledImages } from './read-frame.ts';

/** How images are shown beside what was said of them: as they are. */
export const shownFrame: Frame = { view: 'surroundings', size: 64 };

/** What is true of labelled images of a folder. */
export function referenceOfImages(
  { count, labels, imageColumns }: Images,
  source: string,
): Reference {
  const all = Array.from({ length: count }, (_, i) => i);
  return {
    source,
    noun: 'image',
    lines: all.map((i) => i + 1),
    tracks: all.map((i) => String(columnValue(imageColumns.image, i))),
    labels: all.map((i) => String(columnValue(labels!, i))),
  };
}

/** The images whose class a file of predictions mistook. */
export function mistakenSection(predictions: Predictions, images: Images): Section {
  const { tracks, labels = [], classes = [...new Set(labels)], probabilities } = predictions;
  const row = new Map(tracks.map((name, i) => [name, i]));
  const rows = Array.from(
    { length: images.count },
    (_, i) => row.get(String(columnValue(images.imageColumns.image, i)))!,
  );
  const { mistakes, count } = mistakesOf(images, {
    count: images.count,
    classes,
    codes: Int32Array.from(rows, (i) => classes.indexOf(labels[i])),
    ...(probabilities && {
      probabilities: Float32Array.from(
        rows.flatMap((i) => [
          ...probabilities.subarray(i * classes.length, (i + 1) * classes.length),
        ]),
      ),
    }),
    reasons: rows.map((i) => predictions.reasons[i]),
  });
  return mistakenImagesSection(mistakes, count);
}
