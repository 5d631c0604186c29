import type { Frame, Images } from '@diffusion/tracks';
import { readImages } from '@diffusion/tracks/node';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';

/** The images of files and folders in a frame, with a progress bar; Ctrl-C ends it. */
export async function readFramed(paths: string | readonly string[], frame: Frame): Promise<Images> {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return await readImages(paths, frame, {
      signal: interruption.signal,
      onProgress(done, of) {
        bar ??= progressBar('reading images  {bar} {percentage} %  {left}', of);
        bar.update(done);
      },
    });
  } finally {
    bar?.stop();
  }
}

/** The labelled images of a folder. Throws {@link InputError} where they have no labels. */
export async function readLabelledImages(folder: string, frame: Frame): Promise<Images> {
  const images = await readFramed(folder, frame);
  if (images.labels) return images;
  throw new InputError(
    `${folder}: its images have no labels: expected them in folders by class, or labels.csv with the columns image and label`,
  );
}
