import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { oneLine } from '@diffusion/tracks/messages';
import { writeAtomically } from '@diffusion/tracks/node';
import { checkCount } from '../check-count.ts';
import { EngineError } from '../errors.ts';
import { findFiles } from '../node/find-files.ts';
import { endedTasks, openFolder, taskFolder } from '../node/folder.ts';
import { pause } from '../node/run-sweep.ts';
import type { Sweep, SweepTask } from '../sweep.ts';
import { sweepTasks } from '../sweep-tasks.ts';
import { slurmScript, type TaskRange, taskRanges } from './slurm-script.ts';

/** How {@link submitToSlurm} hands a sweep to SLURM. */
export interface SlurmOptions {
  /** The folder of the sweep, which the nodes see under the same name. */
  readonly folder: string;
  /** The sweep file, which the nodes see, too. */
  readonly file: string;
  readonly base: string;
  /** What starts the command on a node, which takes `sweep run FILE --output FOLDER --workers N --tasks I..J`. */
  readonly program: readonly string[];
  /** The most jobs that the tasks are divided among, a range each; 100 where it is left out. */
  readonly jobs?: number;
  /** Tasks at once in a job, a core each; 1 where it is left out. */
  readonly workers?: number;
  /** Further settings of `sbatch`, such as `{ time: '01:00:00' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether it is submitted, and not only written; it is where this is left out. */
  readonly submit?: boolean;
  /** Whether the end of all jobs is waited for. */
  readonly wait?: boolean;
  /** Ends the waiting; the jobs go on. */
  readonly signal?: AbortSignal;
  /** Hears, while it waits, how many of the tasks that were submitted have ended. */
  readonly onTask?: (event: { readonly done: number; readonly total: number }) => void;
}

/** What was handed to SLURM. */
export interface Submission {
  readonly script: string;
  /** The number of the array job; undefined where nothing was submitted. */
  readonly job?: string;
  /** The ranges that are run: those with a task that has not ended. */
  readonly ranges: readonly TaskRange[];
  /** How many tasks have not ended. */
  readonly missing: number;
}

/**
 * Writes `slurm/job.sh` in the folder of a sweep, an array of jobs that each run a range of tasks, and submits it. Only
 * ranges with something left to do are submitted: the same call goes on after jobs that were killed.
 *
 * @throws {@link EngineError} where `sbatch` is not there or refuses; {@link SweepError} for what it is given wrongly.
 *
 * @example
 * const { job } = await submitToSlurm(sweep, { folder: 'out', file: 'sweep.json', base: '.', program: ['diffusion'], jobs: 20 });
 */
export async function submitToSlurm(sweep: Sweep, options: SlurmOptions): Promise<Submission> {
  const { program, jobs = 100, workers = 1, settings, submit = true, wait } = options;
  checkCount('workers', workers);
  const { signal, onTask } = options;
  const folder = resolve(options.folder);
  const whole = await findFiles(sweep, resolve(options.base));
  const tasks = sweepTasks(whole);
  const all = taskRanges(tasks.length, jobs);
  const place = join(folder, 'slurm');
  const scriptOf = (array: readonly number[]) => {
    const further = ['--output', folder, '--workers', String(workers)];
    return slurmScript({
      ...{ name: sweep.name, ranges: all, array, workers, settings },
      command: [...program, 'sweep', 'run', resolve(options.file), ...further],
      log: join(place, '%A_%a.txt'),
    });
  };
  // What is wrong with the settings is said before anything is written.
  scriptOf([0]);
  await openFolder(folder, whole);
  const ended = await endedTasks(folder);
  const isOpen = tasks.map((task) => !ended.has(taskFolder(task)));
  const array = all.flatMap(({ from, to }, k) =>
    isOpen.slice(from, to + 1).includes(true) ? k : [],
  );
  const ranges = array.map((k) => all[k]);
  const missing = isOpen.filter(Boolean).length;
  const script = join(place, 'job.sh');
  if (missing === 0) return { script, ranges, missing };
  await mkdir(place, { recursive: true });
  await writeAtomically(script, scriptOf(array));
  if (!submit) return { script, ranges, missing };
  // The name of a cluster may follow.
  const [job] = (await said('sbatch', ['--parsable', script])).trim().split(';');
  if (wait) {
    const open = tasks.filter((_, k) => isOpen[k]);
    await jobsOver(job, folder, open, { signal, onTask });
  }
  return { script, job, ranges, missing };
}

/** Milliseconds between two looks at the folder, and looks between two questions to SLURM, which has others to serve. */
const LOOK = 500;
const LOOKS = 10;

/** Waits until every task has ended, or SLURM has no job of the array any more. */
async function jobsOver(
  job: string,
  folder: string,
  open: readonly SweepTask[],
  { signal, onTask }: Pick<SlurmOptions, 'signal' | 'onTask'>,
): Promise<void> {
  const names = open.map(taskFolder);
  for (let looks = 1; ; looks++) {
    await pause(LOOK, signal);
    // Asked first: what ended before the last job did is seen by the look that follows.
    const over = looks % LOOKS === 0 && (await isOver(job));
    const ended = await endedTasks(folder);
    const done = names.filter((name) => ended.has(name)).length;
    onTask?.({ done, total: open.length });
    if (done === open.length || over) return;
  }
}

/** Whether SLURM knows nothing of a job that waits or runs. Where it does not answer, nobody knows. */
async function isOver(job: string): Promise<boolean> {
  try {
    return (await said('squeue', ['--noheader', '--jobs', job, '--format', '%i'])).trim() === '';
  } catch (error) {
    return /invalid job id/i.test((error as Error).message);
  }
}

/** What a program of SLURM's prints. */
function said(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('error', ({ message }) =>
      reject(
        new EngineError(
          `${program}: cannot be started (${message}): expected SLURM on this machine (Debian has it in slurm-wlm)`,
        ),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else {
        // It names itself in every line.
        const words = err.trim().replace(/^\w+: (?:(?:error|fatal): )?/gm, '');
        reject(new EngineError(oneLine(`${program}: ${words || `ended with ${code}`}`)));
      }
    });
  });
}
