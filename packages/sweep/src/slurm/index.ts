// Handing a sweep to SLURM

export { type SlurmOptions, type Submission, submitToSlurm } from './submit-to-slurm.ts';

// The script alone

export {
  type SlurmScriptOptions,
  slurmScript,
  type TaskRange,
  taskRanges,
} from './slurm-script.ts';
