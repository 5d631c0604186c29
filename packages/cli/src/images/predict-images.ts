import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackendName } from '@diffusion/backends';
import { useBackend } from '@diffusion/backends';
import { imagePredictionCells, predictionShares } from '@diffusion/eval/predictions';
import { loadImageModel } from '@diffusion/models/node';
import { refuseInput } from '../check-output.ts';
import { tellRows } from '../tell-rows.ts';
import { withBar } from '../with-bar.ts';
import { readFramed } from './read-frame.ts';

/** The files of folders, their labels and masks among them. */
async function filesIn(paths: readonly string[]): Promise<string[]> {
  const each = paths.map(async (path) => {
    const names = await readdir(path, { recursive: true }).catch(() => []);
    return names.map((name) => join(path, name));
  });
  return (await Promise.all(each)).flat();
}

/** Judges images with the model of a folder, a row per image. */
export async function predictImages(
  files: readonly string[],
  {
    model: folder,
    output,
    backend,
    json,
  }: {
    readonly model: string;
    readonly output?: string | undefined;
    readonly backend: BackendName | 'auto';
    readonly json?: boolean | undefined;
  },
): Promise<void> {
  if (output !== undefined) await refuseInput(output, await filesIn(files));
  await useBackend(backend, { wide: true });
  const model = await loadImageModel(folder);
  try {
    const { frame } = model.kind === 'image' ? model.card : model.models[0].card;
    const images = await readFramed(files, frame);
    const prediction = await withBar('judging', images.count, (onProgress) =>
      model.predict(images, { onProgress }),
    );
    const rows = imagePredictionCells(images, prediction);
    const shares = predictionShares(prediction);
    await tellRows(rows, { images: images.count }, shares, { output, json, model: folder });
  } finally {
    model.dispose();
  }
}
