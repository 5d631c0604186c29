import type { BackendName } from '@diffusion/backends';
import { motion } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import type { NetworkRecipe } from '@diffusion/train';
import { augmentations, defaults } from '../training/defaults.ts';
import type { Seen } from '../training/lengths-not-seen.ts';

/** What the flags of the main job say of a training. */
export interface Given {
  readonly seed: number;
  readonly epochs?: number;
  readonly count?: number;
  readonly backend: BackendName;
}

/** A training of the main job. */
export interface Plan {
  readonly recipe: NetworkRecipe;
  /** What is trained on what, for people. */
  readonly network: string;
  readonly tracks: string;
  /** Whether it repeats what a publication did, whose figures stand beside its own. */
  readonly paper: boolean;
  /** Dimension and points of the tracks that the model will have seen, where they were chosen after given ones. */
  readonly seen?: Seen;
}

/** A small XResNet on the four classes of the XResNet study. */
export function likeThePaper({ seed, epochs, count, backend }: Given): Plan {
  return {
    recipe: {
      format: 'diffusion-recipe',
      version: 1,
      data: {
        dataSets: [{ preset: 'gajowczyk2021' }],
        tracksPerEpoch: count ?? defaults.tracksPerEpoch,
      },
      network: { name: 'xresnet', options: { depth: 3, kernelSize: 5, filters: 8, dropout: 0 } },
      encoder: { kind: 'motion', features: 'unit-free' },
      epochs: epochs ?? defaults.epochs,
      batchSize: defaults.batchSize,
      learningRate: defaults.learningRate,
      loss: { labelSmoothing: defaults.labelSmoothing },
      shards: 1,
      seed,
      augmentation: augmentations.microscope,
      backend,
    },
    network: 'an XResNet',
    tracks: 'simulated tracks: ND, DM, CD, FBM (Gajowczyk & Szwabiński 2021, Table 1)',
    paper: true,
  };
}

/** A network for every length, on tracks of ordinary microscopes that have the dimension and the lengths of given ones. */
export function likeTheirs(tracks: Tracks, { seed, epochs, count, backend }: Given): Plan {
  const { dim } = tracks;
  const length = lengthsOf(tracks);
  const perEpoch = count ?? 8192;
  const passes = epochs ?? 10;
  // Each batch has a length of its own: some thirty of them at least, where there are the tracks for it.
  const perBatch = Math.min(Math.max(Math.round(perEpoch / 32), 8), 64);
  const batches = Math.ceil(perEpoch / perBatch);
  return {
    recipe: {
      format: 'diffusion-recipe',
      version: 1,
      data: {
        dataSets: [{ preset: 'motion', dim }],
        answers: ['classes'],
        length: { law: 'log-uniform', ...length },
        batches,
        pointsPerBatch: perBatch,
        tracksPerBatch: { min: perBatch, max: perBatch },
        validation: 1000,
        test: 4000,
      },
      network: { name: 'multiscale', options: { widths: [16, 32, 48], units: 64 } },
      encoder: { kind: 'invariant' },
      calibration: { tracks: Math.max(2000, Math.ceil((passes * perEpoch) / 8)) },
      epochs: passes,
      batchSize: perBatch,
      learningRate: 0.004,
      optimizer: { name: 'adamw', weightDecay: 0.01 },
      schedule: { name: 'cosine' },
      averaging: 0.99,
      shards: 1,
      seed,
      augmentation: 'none',
      backend,
    },
    network: 'a network for every length',
    tracks: `simulated tracks like these: ${dim}D, ${length.min} to ${length.max} points, as ordinary microscopes see them (the prior 'motion')`,
    paper: false,
    seen: { dim, minLength: length.min, maxLength: length.max },
  };
}

/** The shortest and the longest of the tracks, as far as the prior has such; a factor of two apart at least. */
function lengthsOf(tracks: Tracks): { min: number; max: number } {
  const { lengths: known } = motion({ dim: tracks.dim, count: 1, seed: 0 });
  let [min, max] = [known.max, known.min];
  for (let i = 0; i < tracks.count; i++) {
    min = Math.min(min, tracks.lengthOf(i));
    max = Math.max(max, tracks.lengthOf(i));
  }
  min = Math.min(Math.max(min, known.min), known.max / 2);
  return { min, max: Math.min(Math.max(max, 2 * min), known.max) };
}
