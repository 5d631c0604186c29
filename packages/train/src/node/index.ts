// A training on its way, as one file

export { type Checkpoint, loadCheckpoint, loadRun, saveCheckpoint } from './checkpoint.ts';
