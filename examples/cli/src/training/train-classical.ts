import type { ClassicalModel } from '@diffusion/models';
import { type FitClassicalOptions, fitClassicalAsync } from '@diffusion/models/classical';
import { augmentTracks } from '@diffusion/train';
import { interruption } from '../interruption.ts';
import { versions } from '../versions.ts';
import type { ClassicalRun } from './run.ts';
import type { ClassTracks } from './training-tracks.ts';
import { unitFreeFeatures } from './unit-free-features.ts';

/**
 * Fits a classical classifier to the features of the training tracks of a run, with short stretches and missing frames
 * as a network's training sees them. At a terminal a line says what it is at; Ctrl-C is heard while it fits.
 */
export async function trainClassical(
  run: ClassicalRun,
  { source, output, dim, augmentation }: ClassTracks,
): Promise<ClassicalModel> {
  const { classifier, data, seed } = run;
  const { name, options } = classifier;
  const features = run.features ?? unitFreeFeatures(dim);
  const tracks = augmentTracks(source.take(0, 0, source.perEpoch), augmentation, seed, 0);
  if (process.stderr.isTTY) {
    process.stderr.write(
      `fitting ${name} to ${features.length} features of ${tracks.count} tracks\n`,
    );
  }
  return fitClassicalAsync(
    {
      ...options,
      kind: name,
      tracks,
      features,
      classes: output.classes,
      data: { ...data, augmentation: { ...augmentation }, seed },
      versions: versions(),
    } as FitClassicalOptions,
    interruption.signal,
  );
}
