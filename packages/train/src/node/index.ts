// A training on its way, as one file

export { type Checkpoint, loadCheckpoint, loadRun, saveCheckpoint } from './checkpoint.ts';

// The model that a training begins with

export { startModel } from './start-model.ts';

// The recipes that come with this package

export {
  readyImageRecipe,
  readyImageRecipes,
  readyRecipe,
  readyRecipes,
} from './ready-recipes.ts';
