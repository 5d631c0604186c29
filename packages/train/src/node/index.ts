// A training on its way, as one file

export { type Checkpoint, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
