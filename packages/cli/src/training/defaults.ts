import { type NetworkRecipe, noAugmentation } from '@diffusion/train';

/** What a training is unless told otherwise. */
export const defaults = {
  epochs: 6,
  batchSize: 64,
  shards: 1,
  learningRate: 0.01,
  labelSmoothing: 0.02,
  tracksPerEpoch: 2048,
  seed: 1,
} as const;

/** What is done to the tracks, by its name: as microscopes see them, unless told otherwise. */
export const augmentations = {
  /** Short stretches and missing frames, so that real tracks are not foreign; the axes of the camera mean nothing. */
  microscope: { rotate: true, cutShare: 0.25, minLength: 10, gapShare: 0.2, maxMissing: 0.25 },
  /** The tracks as they are but for the axes. */
  rotation: { ...noAugmentation, rotate: true },
  none: 'none',
} as const satisfies Readonly<Record<string, NetworkRecipe['augmentation']>>;

export type AugmentationName = keyof typeof augmentations;
