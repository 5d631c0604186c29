import { basename, join, resolve } from 'node:path';
import {
  EngineError,
  type Sweep,
  type SweepRow,
  type SweepTable,
  sweepTasks,
  tableRows,
} from '@diffusion/sweep';
import {
  readSweepFile,
  runSweep,
  type SweepSummary,
  sweepTable,
  type TaskEvent,
  writeTable,
} from '@diffusion/sweep/node';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command, Option } from 'commander';
import { checkOutput } from '../check-output.ts';
import { exists, isFolder } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { ownProgram } from '../own-program.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { progressBar } from '../progress.ts';
import { integer, setting, taskRange } from '../values.ts';

/** `diffusion sweep run|list|table`: lists and grids of this command's own lines, each run once. */
export function sweep(): Command {
  return new Command('sweep')
    .description('run a list or grid of commands, each once, here or on a cluster')
    .addCommand(run())
    .addCommand(list())
    .addCommand(tableCommand());
}

interface RunOptions {
  output?: string;
  workers?: number;
  tasks?: { from: number; to: number };
  again?: 'failed';
  engine: 'local' | 'slurm' | 'redis';
  redis?: string;
  jobs?: number;
  sbatch?: Record<string, string>;
  submit: boolean;
  wait?: boolean;
  json?: boolean;
}

/** Options that are for one engine alone. */
const ofEngine: Readonly<Record<string, RunOptions['engine']>> = {
  again: 'local',
  redis: 'redis',
  jobs: 'slurm',
  sbatch: 'slurm',
  submit: 'slurm',
  wait: 'slurm',
};

function run(): Command {
  return new Command('run')
    .description('run what has not ended yet: again and again, from any number of places')
    .argument('<file>', 'a sweep file')
    .option('--output <folder>', 'folder of the sweep (default: the name of the file)')
    .option(
      '--workers <n>',
      'tasks at once, on SLURM in each job (default: one per core, on SLURM 1)',
      integer(1),
    )
    .option('--tasks <i..j>', 'these alone, from 0, both ends among them', taskRange)
    .addOption(
      new Option('--again <which>', 'try what failed before once more').choices(['failed']),
    )
    .addOption(
      new Option('--engine <name>', 'what does the work')
        .choices(['local', 'slurm', 'redis'])
        .default('local'),
    )
    .option('--redis <url>', 'redis: where it is; `diffusion worker` does the tasks')
    .option(
      '--jobs <n>',
      'slurm: the most jobs, each of a range of tasks (default: 100)',
      integer(1),
    )
    .option(
      '--sbatch <key=value>',
      'slurm: a setting of sbatch, such as time=01:00:00; may be repeated',
      setting,
    )
    .option('--no-submit', 'slurm: write the script and submit nothing')
    .option('--wait', 'slurm: wait for the jobs, and sum up')
    .option('--json', 'one JSON document on stdout')
    .action(async (file: string, options: RunOptions, command: Command) => {
      const { engine } = options;
      for (const option of command.options) {
        const only = ofEngine[option.attributeName()];
        if (only === undefined || only === engine) continue;
        if (command.getOptionValueSource(option.attributeName()) !== 'cli') continue;
        throw new InputError(
          `option '${option.long}' is for '--engine ${only}': this one is ${engine}`,
        );
      }
      if (engine === 'redis' && options.workers !== undefined) {
        throw new InputError("option '--workers' is for `diffusion worker`, which does the tasks");
      }
      if (engine === 'redis' && options.redis === undefined) {
        throw new InputError("option '--redis <url>' is missing: '--engine redis' needs it");
      }
      if (engine === 'slurm' && options.tasks) {
        throw new InputError(
          "option '--tasks' cannot be used with '--engine slurm', which gives each job a range",
        );
      }
      const { sweep: asked, base } = await readSweepFile(file);
      const folder = resolve(options.output ?? basename(file).replace(/\.json$/i, ''));
      if ((await exists(folder)) && !(await isFolder(folder)))
        throw new InputError(`${folder}: is a file: expected a folder`);
      if (engine === 'slurm') return submit(asked, { file, base, folder }, options);
      const { tasks } = options;
      const total = tasks ? tasks.to - tasks.from + 1 : sweepTasks(asked).length;
      const { cut } = await withTaskBar(total, async (onDone, aside) => {
        const { signal } = interruption;
        const onTask = ({ task, state, reason, done }: TaskEvent) => {
          if (state === 'failed' || state === 'cut') aside(`${task.name}: ${reason}`);
          onDone(done);
        };
        const common = { folder, base, tasks, signal, onTask };
        if (engine === 'redis') {
          const { runOverRedis } = await import('@diffusion/sweep/redis');
          return runOverRedis(asked, { ...common, url: options.redis! });
        }
        const { workers, again } = options;
        return runSweep(asked, { ...common, program: ownProgram(), workers, again });
      });
      await sumUp(folder, cut, options);
    });
}

async function submit(
  asked: Sweep,
  places: { readonly file: string; readonly base: string; readonly folder: string },
  options: RunOptions,
): Promise<void> {
  const { submitToSlurm } = await import('@diffusion/sweep/slurm');
  const { jobs, workers, sbatch: settings, submit: submits, wait, json } = options;
  const { signal } = interruption;
  const program = ownProgram();
  const total = sweepTasks(asked).length;
  const submission = await withTaskBar(total, (onDone) =>
    submitToSlurm(asked, {
      ...{ ...places, program, jobs, workers, settings, submit: submits, wait, signal },
      onTask: (event) => onDone(total - event.total + event.done),
    }),
  );
  const { folder } = places;
  if (wait && submits) return sumUp(folder, [], options);
  if (json) printJson({ folder, ...submission });
  else if (submission.missing === 0) printLines(['every task has ended']);
  else {
    const { job, ranges, missing, script } = submission;
    printLines([
      `${counted(missing, 'task')} in ${counted(ranges.length, 'job')}: ${job === undefined ? script : `array job ${job}`}`,
    ]);
  }
}

/** Writes the table, prints what came of the run, and ends in an error where not all of it is well. */
async function sumUp(
  folder: string,
  cut: SweepSummary['cut'],
  { tasks, json }: RunOptions,
): Promise<void> {
  const asked = ofTasks(await writeTable(folder), tasks);
  const path = join(folder, 'table.csv');
  const { rows, finished, missing } = asked;
  const total = rows.length;
  const failed = rows
    .filter(({ state }) => state === 'failed')
    .map(({ name, reason }) => ({ name, reason }));
  if (json) printJson({ folder, table: path, total, finished, failed, cut, missing });
  else printLines(standing(asked, path));
  const bad = [...failed, ...cut];
  if (bad.length > 0) {
    const [{ name, reason }] = bad;
    throw new EngineError(
      `${counted(bad.length, 'task')} of ${total} did not succeed; ${name}: ${reason}`,
    );
  }
  if (missing > 0) {
    throw new EngineError(`${counted(missing, 'task')} of ${total} did not end: run it again`);
  }
}

/** The table of those tasks that were asked for. */
function ofTasks(all: SweepTable, tasks: RunOptions['tasks']): SweepTable {
  if (!tasks) return all;
  const rows = all.rows.slice(tasks.from, tasks.to + 1);
  const count = (which: SweepRow['state']) => rows.filter(({ state }) => state === which).length;
  const [finished, failed, missing] = [count('finished'), count('failed'), count('missing')];
  return { ...all, ...{ rows, finished, failed, missing } };
}

/** A table for people, how its tasks stand, and the file that has all of it. */
const standing = (all: SweepTable, path: string): string[] => [
  ...tableLines(all),
  `${counted(all.rows.length, 'task')}: ${all.finished} finished, ${all.failed} failed, ${all.missing} missing; all of it in ${path}`,
];

/** The most rows that are printed: whoever has more opens the file. */
const MOST_ROWS = 200;

function tableLines(all: SweepTable): string[] {
  if (all.rows.length > MOST_ROWS) return [];
  const { keys, fields, rows } = all;
  const shown = (value: unknown) =>
    value === undefined ? '–' : typeof value === 'number' ? short(value) : String(value);
  const reasons = rows.some(({ reason }) => reason !== '');
  return table([
    ['task', ...keys, 'state', ...fields, ...(reasons ? ['reason'] : [])],
    ...rows.map(({ name, values, state, fields: found, reason }) => [
      ...[name, ...keys.map((key) => shown(values[key])), state],
      ...fields.map((field) => shown(found[field])),
      ...(reasons ? [reason] : []),
    ]),
  ]);
}

const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));

/** Work on tasks with a bar that says how many have ended; what stands aside of it a person sees, too. */
async function withTaskBar<Result>(
  total: number,
  work: (onDone: (done: number) => void, aside: (line: string) => void) => Promise<Result>,
): Promise<Result> {
  const bar = progressBar('tasks  {bar} {value}/{total}  {left}', total);
  const aside = (line: string) => {
    if (process.stderr.isTTY) bar.aside(() => process.stderr.write(`${line}\n`));
  };
  try {
    // Not raced with Ctrl-C: the work hears of it, and ends what it has started.
    return await work((done) => bar.update(done), aside);
  } finally {
    bar.stop();
  }
}

function list(): Command {
  return new Command('list')
    .description('the tasks of a sweep file, or of the folder of a sweep and how they stand')
    .argument('<sweep>', 'a sweep file, or the folder of a sweep')
    .option('--json', 'one JSON document on stdout')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const begun = await isFolder(path);
      const { sweep: asked } = await readSweepFile(begun ? join(path, 'sweep.json') : path);
      const states = begun ? (await sweepTable(path)).rows.map(({ state }) => state) : undefined;
      const tasks = sweepTasks(asked).map((task, k) => ({
        ...task,
        ...(states && { state: states[k] }),
      }));
      const { name, about } = asked;
      if (json) printJson({ name, ...(about && { about }), tasks });
      else {
        printLines(
          table([
            ['index', 'task', ...(states ? ['state'] : []), 'command'],
            ...tasks.map(({ index, name: own, command, state }) => [
              ...[String(index), own, ...(state ? [state] : [])],
              command.join(' '),
            ]),
          ]),
        );
      }
    });
}

function tableCommand(): Command {
  return new Command('table')
    .description('what came of a sweep, a row per task, from its folder')
    .argument('<folder>', 'the folder of a sweep')
    .option('--output <file.csv>', 'where it is written (default: table.csv in the folder)')
    .option('--json', 'one JSON document on stdout')
    .action(async (folder: string, { output, json }: { output?: string; json?: boolean }) => {
      if (output !== undefined) await checkOutput(output, { ending: '.csv' });
      const all = await sweepTable(folder);
      const path = output ?? join(folder, 'table.csv');
      await writeAtomically(path, tableRows(all), { signal: interruption.signal });
      if (json) printJson({ output: path, ...all });
      else printLines(standing(all, path));
    });
}
