// A training on its way, as one file

export { type Checkpoint, loadCheckpoint, loadRun, saveCheckpoint } from './checkpoint.ts';

// The recipes that come with this package

export { readyRecipe, readyRecipes } from './ready-recipes.ts';
