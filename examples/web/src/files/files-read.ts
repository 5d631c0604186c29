import type { FileReport } from '@diffusion/tracks';
import type { GivenFile } from '../engine/engine-types.ts';

/** The given files without those that could not be read. */
export const filesRead = (
  files: readonly GivenFile[],
  reports: readonly FileReport[],
): readonly GivenFile[] => files.filter(({ path }) => reports.some(({ file }) => file === path));
