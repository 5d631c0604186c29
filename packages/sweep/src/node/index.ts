// Reading a sweep with what it says of files

export { findFiles, readSweepFile } from './find-files.ts';

// Running it on this machine

export {
  type RunSweepOptions,
  runSweep,
  type SweepSummary,
  type TaskEvent,
} from './run-sweep.ts';

// What came of it

export { sweepTable, taskOutput, writeTable } from './sweep-table.ts';
