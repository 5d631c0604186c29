// What a sweep is, and reading one

export { EngineError, SweepError } from './errors.ts';
export { readSweep } from './read-sweep.ts';
export type { Sweep, SweepGrid, SweepLine, SweepTask, SweepValue } from './sweep.ts';
export { sweepTasks } from './sweep-tasks.ts';

// What came of it

export { type SweepRow, type SweepTable, type TaskState, tableRows } from './table.ts';
