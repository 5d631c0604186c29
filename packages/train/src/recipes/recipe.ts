import type { BackendName } from '@diffusion/backends';
import type { JsonObject } from '@diffusion/models';
import type { FitClassicalOptions } from '@diffusion/models/classical';
import type { Answer, SpecificationWithout } from '@diffusion/simulate';
import type { AugmentationChoice } from '../augment/augment.ts';
import type { BalanceRecipe } from '../balance/balance-recipe.ts';
import type { TrainingRecipe } from '../recipe.ts';
import type { OneLengthSpecification } from '../source.ts';

/** A whole training as plain data: what is learnt from, what learns, and how. The same recipe gives the same bits. */
export type Recipe = NetworkRecipe | ClassicalRecipe;

interface Common {
  readonly format: 'diffusion-recipe';
  readonly version: 1;
  readonly name?: string;
  /** Where it comes from and what is special about it, in a sentence. */
  readonly about?: string;
  readonly data: RecipeData;
  /** Cross-validation in place of one validation set; none if left out. */
  readonly folds?: RecipeFolds;
  /** Probabilities that are met and prediction sets, fitted at the end to simulated tracks of their own; none if left out. */
  readonly calibration?: RecipeCalibration;
  readonly seed: number;
}

/** What `calibrate` of `@diffusion/models` is told at the end of a training. */
export interface RecipeCalibration {
  /** Tracks of the data sets, which neither training nor validation nor test sees. */
  readonly tracks: number;
  /** Share of the tracks whose class is to be in their set; 0.9 if left out, no sets for null. */
  readonly coverage?: number | null;
}

/** The training of a network. */
export interface NetworkRecipe extends Common, Omit<TrainingRecipe, 'seed'> {
  readonly network: { readonly name: string; readonly options?: JsonObject };
  /** What the network sees; that which its description says, without features, if left out. */
  readonly encoder?: RecipeEncoder;
  /** The saved model whose weights the training begins with; those that the seed draws if left out. */
  readonly start?: RecipeStart;
  /**
   * Points of the tracks of each network of a bank (`wadnet`), in place of one network for all; the tracks of an epoch are
   * then those of each length, all folds together ({@link fitRecipeBank}).
   */
  readonly lengths?: readonly number[];
  /** What computes, where that is settled: another backend gives other digits. */
  readonly backend?: BackendName;
}

/** The fit of a classical classifier to features. */
export interface ClassicalRecipe extends Common {
  readonly classifier: {
    readonly name: FitClassicalOptions['kind'];
    readonly options?: JsonObject;
  };
  readonly features: FeatureNames;
  /** What is done to the tracks that are learnt from, as for a network; nothing if left out. */
  readonly augmentation?: AugmentationChoice;
  /** What is done about classes of different sizes, SMOTE among it; nothing if left out. */
  readonly balance?: BalanceRecipe;
}

/** Names of features, or `unit-free`: those free of units that part the modes of motion, as many as the dimension has. */
export type FeatureNames = readonly string[] | 'unit-free';

/** How tracks are given to a network. What is left out follows from the network and the tracks. */
export interface RecipeEncoder {
  readonly kind?: string;
  readonly dim?: 1 | 2 | 3;
  /** Points of a row, null for those of the track; that of the longest track where the network wants one length. */
  readonly length?: number | null;
  readonly options?: JsonObject;
  /** Given to the last layer beside the track, standardised over the first tracks of the training; none if left out. */
  readonly features?: FeatureNames;
}

/** A model that a training begins with, of the same network, encoder and answers. What the encoder leaves out is as in it. */
export interface RecipeStart {
  /** The folder that it was saved in. */
  readonly model: string;
  /** SHA-256 of its weights, in hexadecimal; a card says it, and another model is refused then. */
  readonly sha256?: string;
  /** How it was trained, which a card says: its own recipe, which may itself have a start. */
  readonly recipe?: JsonObject;
}

/** Where the tracks of a training come from. */
export type RecipeData = SimulatedData | OneLengthData | FolderData;

interface Simulated<Without extends string> {
  /** Data sets that give a track each in turn: what `dataSet` of `@diffusion/simulate` takes, without count and seed. */
  readonly dataSets: readonly SpecificationWithout<Without>[];
  /** What is learnt of them; what they are made for if left out. */
  readonly answers?: readonly Answer[];
  /** Simulated tracks that are looked at after every epoch; 1,000 if left out, none for 0. */
  readonly validation?: number;
  /** Simulated tracks that are judged at the end; 2,000 if left out, none for 0. */
  readonly test?: number;
}

/** Simulated tracks. */
export interface SimulatedData extends Simulated<'count' | 'seed'> {
  readonly tracksPerEpoch: number;
  /** Whether every epoch has the same tracks, in another order; new ones if left out. */
  readonly repeat?: boolean;
}

/** Simulated tracks, never seen twice, in batches of one length each. */
export interface OneLengthData
  extends Simulated<'count' | 'seed' | 'length'>,
    Omit<OneLengthSpecification, 'dataSets' | 'seed'> {}

/** Measured or simulated tracks with labels, in a folder, parted by their labels. */
export interface FolderData {
  readonly folder: string;
  /** Share of the tracks that is looked at after every epoch; 0.15 if left out. */
  readonly validation?: number;
  /** Share that is judged at the end; 0.15 if left out. */
  readonly test?: number;
}

/** K-fold cross-validation: as many models, each trained on all folds but one, and validated on that one. */
export interface RecipeFolds {
  readonly count: number;
  /** A column of the tracks, such as `file`: tracks that have the same there stay in one fold. */
  readonly group?: string;
  /** The fold that is trained alone, from 1; all of them if left out. */
  readonly only?: number;
}

/** A recipe of one model: of one fold, where it has folds. */
export const isClassical = (recipe: Recipe): recipe is ClassicalRecipe => 'classifier' in recipe;
