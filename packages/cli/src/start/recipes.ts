import type { BackendName } from '@diffusion/backends';
import type { Tracks } from '@diffusion/tracks';
import { type NetworkRecipe, recipeLike } from '@diffusion/train';
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
export function likeTheirs(tracks: Tracks, given: Given): Plan {
  const { recipe, seen } = recipeLike(tracks, given);
  const { dim, minLength, maxLength } = seen;
  return {
    recipe,
    network: 'a network for every length',
    tracks: `simulated tracks like these: ${dim}D, ${minLength} to ${maxLength} points, as ordinary microscopes see them (the prior 'motion')`,
    paper: false,
    seen,
  };
}
