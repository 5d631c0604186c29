import { checkCount } from '../check-count.ts';
import { SweepError } from '../errors.ts';

/** A range of tasks, both ends among them. */
export interface TaskRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Ranges of equal size, but for the last, of so many tasks.
 *
 * @throws {@link SweepError} for a number of ranges below 1.
 *
 * @example
 * taskRanges(10, 3); // [{ from: 0, to: 3 }, { from: 4, to: 7 }, { from: 8, to: 9 }]
 */
export function taskRanges(count: number, ranges: number): TaskRange[] {
  checkCount('jobs', ranges);
  const size = Math.ceil(count / ranges);
  return Array.from({ length: Math.ceil(count / size) }, (_, k) => ({
    from: k * size,
    to: Math.min(count, (k + 1) * size) - 1,
  }));
}

/** What {@link slurmScript} writes. */
export interface SlurmScriptOptions {
  readonly name: string;
  /** What starts the command, and its arguments but for the range. */
  readonly command: readonly string[];
  /** The ranges of all jobs, of equal size; those that are to run, by their place among them. */
  readonly ranges: readonly TaskRange[];
  readonly array: readonly number[];
  /** Tasks at once in a job, a core each. */
  readonly workers: number;
  /** Where what a job says goes. */
  readonly log: string;
  /** Further settings, without their hyphens: `{ time: '01:00:00', partition: 'short' }`; '' for one without a value. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * A script for `sbatch`: an array of jobs, each of which runs a range of tasks.
 *
 * @throws {@link SweepError} for a setting that the script says itself.
 */
export function slurmScript(options: SlurmScriptOptions): string {
  const { name, command, ranges, array, workers, log, settings = {} } = options;
  const own = {
    'job-name': name.replace(/[^\w.-]+/g, '-'),
    array: compact(array),
    'cpus-per-task': String(workers),
    output: log,
  };
  for (const [key, value] of Object.entries(settings)) {
    if (!/^[a-z][a-z-]*$/.test(key) || /[\r\n]/.test(value)) {
      throw new SweepError(
        `sbatch is ${key}=${value}: expected KEY=VALUE as sbatch takes --KEY=VALUE`,
      );
    }
    if (key !== 'job-name' && Object.hasOwn(own, key)) {
      throw new SweepError(
        `sbatch is ${key}=${value}: expected another key, as the sweep says ${key}`,
      );
    }
  }
  const said = Object.entries({ ...own, ...settings });
  const size = ranges[0].to - ranges[0].from + 1;
  return [
    '#!/bin/bash',
    ...said.map(([key, value]) => `#SBATCH --${key}${value === '' ? '' : `=${value}`}`),
    `from=$((SLURM_ARRAY_TASK_ID * ${size}))`,
    `to=$((from + ${size - 1}))`,
    `[ "$to" -le ${ranges[ranges.length - 1].to} ] || to=${ranges[ranges.length - 1].to}`,
    '# In place of the shell: what SLURM says to the job, the command hears.',
    `exec ${command.map(quoted).join(' ')} --tasks "$from..$to"`,
    '',
  ].join('\n');
}

/** `0-3,7`. */
function compact(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let k = 0; k < numbers.length; k++) {
    const first = numbers[k];
    while (numbers[k + 1] === numbers[k] + 1) k++;
    parts.push(first === numbers[k] ? `${first}` : `${first}-${numbers[k]}`);
  }
  return parts.join(',');
}

/** A word that a shell takes as it is. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
