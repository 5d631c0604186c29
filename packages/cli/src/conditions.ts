import { basename, dirname } from 'node:path';
import {
  type Conditions,
  compareConditions,
  type JudgedRows,
  type SimulatedRows,
} from '@diffusion/eval';
import { keyedRandom } from '@diffusion/random';
import { columnValue, type Tracks } from '@diffusion/tracks';
import type { Command } from 'commander';
import { InputError } from './input-error.ts';

/** What says of which condition and cell a track is. */
export interface ConditionOptions {
  group?: string;
  byFolder?: boolean;
  unit?: string;
}

/** Adds the options by which tracks are of conditions. */
export function withConditionOptions(command: Command): Command {
  return command
    .option('--group <column>', 'the condition of each track, a column of the table')
    .option('--by-folder', 'the condition of each track is the folder of its file')
    .option('--unit <column>', 'the cell of each track, a column; its file where left out');
}

/** Whether conditions are asked for. */
export const hasConditions = ({ group, byFolder }: ConditionOptions): boolean =>
  group !== undefined || byFolder === true;

/** Throws {@link InputError} where both ways are asked for. */
export function checkConditions({ group, byFolder }: ConditionOptions): void {
  if (group !== undefined && byFolder) {
    throw new InputError("option '--group <column>' cannot be used with option '--by-folder'");
  }
}

/** The columns that are the same at all points of a track. */
export const columnsOfConditions = ({ group, unit }: ConditionOptions): string[] =>
  [group, unit].filter((column) => column !== undefined);

/** What the tracks of a condition were measured in. */
export const unitNameOf = ({ unit }: ConditionOptions): 'file' | 'cell' =>
  unit === undefined ? 'file' : 'cell';

/**
 * Shares by condition, and how they differ.
 *
 * @param onlyFile the file of tracks that name none.
 */
export function conditionsOf(
  tracks: Tracks,
  rows: JudgedRows,
  simulated: SimulatedRows,
  onlyFile: string,
  { seed, ...options }: ConditionOptions & { readonly seed: number },
): Conditions {
  const { group, unit } = options;
  const { trackColumns } = tracks;
  const valuesOf = (column: string) => (_: unknown, i: number) =>
    String(columnValue(trackColumns[column], i));
  const each = { length: tracks.count };
  const files = trackColumns.file
    ? Array.from(each, valuesOf('file'))
    : Array.from(each, () => onlyFile);
  return compareConditions(
    {
      ...rows,
      group:
        group === undefined
          ? namesOfFolders(files.map((file) => dirname(file)))
          : Array.from(each, valuesOf(group)),
      // Two files may each have a cell 1.
      unit:
        unit === undefined
          ? files
          : Array.from(each, valuesOf(unit)).map((cell, i) => `${files[i]} ${cell}`),
    },
    simulated,
    { random: keyedRandom(seed, 'bootstrap'), unitName: `${unitNameOf(options)}s` },
  );
}

/** Folders by their last name, where that tells them apart. */
function namesOfFolders(folders: readonly string[]): readonly string[] {
  const apart = new Set(folders);
  const short = new Set(Array.from(apart, (folder) => basename(folder)));
  return short.size < apart.size ? folders : folders.map((folder) => basename(folder) || folder);
}
