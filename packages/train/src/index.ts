// From tracks to a model

export type { EncoderChoice } from './encoder-for.ts';
export { type FitOptions, fit } from './fit.ts';
export { type FitFoldsOptions, type Folds, fitFolds } from './fit-folds.ts';
export type { LossRecipe } from './losses/loss-recipe.ts';
export type { NetworkChoice } from './network-choice.ts';
export type { OptimizerRecipe } from './optimizer/optimizer-recipe.ts';
export type { TrainingRecipe } from './recipe.ts';
export type { ScheduleRecipe } from './schedules.ts';
export type { SelectionRecipe } from './selection.ts';
export { keptEpoch, type StoppingRecipe } from './stopping.ts';

// A whole training as plain data

export { calibrateSimulated, type SimulatedCalibration } from './recipes/calibrate-recipe.ts';
export { dataSetsOf } from './recipes/data-sets-of.ts';
export {
  type FindRecipeLearningRateOptions,
  findRecipeLearningRate,
} from './recipes/find-recipe-learning-rate.ts';
export {
  type FitRecipeOptions,
  type FittedClassifier,
  type FittedNetwork,
  type FittedRecipe,
  fitRecipe,
} from './recipes/fit-recipe.ts';
export {
  bankFolds,
  type FitRecipeBankOptions,
  type FittedBank,
  fitRecipeBank,
} from './recipes/fit-recipe-bank.ts';
export {
  type FitRecipeFoldsOptions,
  type FittedFolds,
  fitRecipeFolds,
} from './recipes/fit-recipe-folds.ts';
export { type ReadRecipeOptions, readRecipe } from './recipes/read-recipe.ts';
export type {
  ClassicalRecipe,
  FeatureNames,
  FolderData,
  NetworkRecipe,
  OneLengthData,
  Recipe,
  RecipeCalibration,
  RecipeData,
  RecipeEncoder,
  RecipeFolds,
  RecipeStart,
  SimulatedData,
} from './recipes/recipe.ts';
export { isClassical } from './recipes/recipe.ts';
export { type RecipeLike, type RecipeLikeOptions, recipeLike } from './recipes/recipe-like.ts';
export {
  type LabelledTracks,
  type RecipeTracks,
  recipeTracks,
} from './recipes/recipe-tracks.ts';
export { augmentationOf, trainingOf } from './recipes/training-of.ts';
export { withStart } from './recipes/with-start.ts';

// A training on images

export {
  type FitImageRecipeFoldsOptions,
  type FitImageRecipeOptions,
  type FittedImageFolds,
  type FittedImages,
  fitImageRecipe,
  fitImageRecipeFolds,
} from './images/fit-image-recipe.ts';
export {
  type FitImagesOptions,
  fitImages,
  type ImageTrainingRecipe,
} from './images/fit-images.ts';
export { type ImageRecipe, type ImageRecipeData, isImageRecipe } from './images/image-recipe.ts';
export { type ReadImageRecipeOptions, readImageRecipe } from './images/read-image-recipe.ts';

// A network for each of several lengths, joined to one model

export {
  type BankPlace,
  type BankSet,
  type BankSets,
  labelledBankSets,
  type SimulatedBankSets,
  simulatedBankSets,
} from './bank/bank-sets.ts';
export { type FitBankOptions, fitBank, type TrainedBankNetwork } from './bank/fit-bank.ts';

// The loop alone

export {
  type FindLearningRateOptions,
  findLearningRate,
  type LearningRates,
} from './find-learning-rate.ts';
export type { Training } from './prepared.ts';
export type { BatchResult } from './run-epochs.ts';
export { type TrainOptions, train } from './train.ts';
export { disposeState, type EpochResult, type TrainingState } from './training-state.ts';
export { type ValidateOptions, validate } from './validate.ts';

// Where tracks come from, and how sets are kept apart

export { alternateTracks } from './alternate-tracks.ts';
export { foldTracks } from './bank/fold-tracks.ts';
export { stretchTracks } from './bank/stretch-tracks.ts';
export { type Fold, type FoldsOptions, foldsOf } from './folds.ts';
export { freshTracks } from './fresh-tracks.ts';
export { oneLengthBatches } from './one-length-batches.ts';
export { oneLengthTracks } from './one-length-tracks.ts';
export { repeatedTracks } from './repeated-tracks.ts';
export type {
  AlternateSpecification,
  FoldSpecification,
  FreshSpecification,
  OneLengthBatchesOptions,
  OneLengthBatchesSpecification,
  OneLengthSpecification,
  SourceSpecification,
  TrackSource,
} from './source.ts';
export { splitTracks } from './split.ts';

// Classes of different sizes, of tracks, images and rows of features alike

export {
  type ArtificialLiposomesOptions,
  withArtificialLiposomes,
} from './balance/artificial-liposomes.ts';
export type { BalanceRecipe } from './balance/balance-recipe.ts';
export { balancedRows, type FeatureRows } from './balance/balanced-rows.ts';
export { balancedTracks, type TrackBalance } from './balance/balanced-tracks.ts';
export { balancedWeights } from './balance/class-weights.ts';
export { oversampled } from './balance/oversampled.ts';
export { type LabelledRows, type SmoteOptions, smote } from './balance/smote.ts';
export { undersampled } from './balance/undersampled.ts';

// What is done to them, and what lengths a model has seen then

export {
  type Augmentation,
  type AugmentationChoice,
  augmentTracks,
  chosenAugmentation,
  noAugmentation,
} from './augment/augment.ts';
export {
  augmentImages,
  type ImageAugmentation,
  liposomeAugmentation,
} from './augment/augment-images.ts';
export { rotationMatrix } from './augment/rotation.ts';
export { type SeenLengths, seenLengths } from './seen.ts';

// The pieces: what is to be answered and how well it is, how fast is learnt

export { cosine } from './cosine.ts';
export type { Scores } from './loss.ts';
export { oneCycle } from './one-cycle.ts';
export { type Targets, targets } from './targets.ts';

// What a wrong argument throws

export { TrainError } from './errors.ts';
