import type { BackendName } from '@diffusion/backends';
import type { JsonObject } from '@diffusion/models';
import type { LiposomesOptions } from '@diffusion/simulate';
import type { Frame } from '@diffusion/tracks';
import type { ArtificialLiposomesOptions } from '../balance/artificial-liposomes.ts';
import type { RecipeFolds } from '../recipes/recipe.ts';
import type { ImageTrainingRecipe } from './fit-images.ts';

/** A whole training on images as plain data. The same recipe gives the same bits. */
export interface ImageRecipe extends ImageTrainingRecipe {
  readonly format: 'diffusion-recipe';
  readonly version: 1;
  readonly name?: string;
  /** Where it comes from and what is special about it, in a sentence. */
  readonly about?: string;
  readonly data: ImageRecipeData;
  /** What is seen of an image, and how large. */
  readonly frame: Frame;
  readonly network: { readonly name: string; readonly options?: JsonObject };
  /**
   * Drawn liposomes behind the images that are learnt from, as many of each class as it has less than the largest (section 4.8.4 of
   * Gryshkevych's thesis), in the same frame: how they are drawn, as `withArtificialLiposomes` takes it. None if left out.
   */
  readonly artificial?: Omit<ArtificialLiposomesOptions, 'seed' | 'frame'>;
  /**
   * Stratified cross-validation in place of one validation set: what balances and augments is done to the other folds alone. Where
   * the recipe stops early, a training before them finds the number of epochs, which is the same for all folds.
   */
  readonly folds?: RecipeFolds;
  /** What computes, where that is settled: another backend gives other digits. */
  readonly backend?: BackendName;
}

/** Where the images of a training come from: drawn ones, or those of a folder, as `readImages` reads them. */
export type ImageRecipeData = (
  | {
      /** What `liposomes` of `@diffusion/simulate` takes, without count and seed. */
      readonly liposomes: Omit<LiposomesOptions, 'count' | 'seed'>;
      /** How many are drawn, validation and test included. */
      readonly count: number;
    }
  | { readonly folder: string }
) & {
  /** Share of the images that is looked at after every epoch; 0.15 if left out. With folds, that by which the epochs are counted. */
  readonly validation?: number;
  /** Share that is judged at the end; 0.15 if left out, 0 with folds. */
  readonly test?: number;
};

/** Whether parsed JSON is a recipe for images, and not for tracks: it says what is seen of them. */
export const isImageRecipe = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'frame' in json && 'format' in json;
