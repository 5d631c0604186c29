import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { filled } from '../placeholders.ts';
import type { SweepTask, SweepValue } from '../sweep.ts';
import { type Attempt, writeInto } from './attempt.ts';
import { goingOn } from './going-on.ts';
import { ATTEMPT } from './place.ts';

/** What `done.json` says of a task that has ended. */
export interface Done {
  readonly name: string;
  readonly command: readonly string[];
  readonly values: Readonly<Record<string, SweepValue>>;
  readonly exitCode: number;
  /** Why it failed, in a line. */
  readonly reason?: string;
  readonly seconds: number;
}

/** How a go at a task ended: `cut` by a signal, which is no result, or `elsewhere`, by somebody else first. */
export type Ending =
  | { readonly state: 'finished' | 'elsewhere' }
  | { readonly state: 'failed' | 'cut'; readonly reason: string };

/** What runs the tasks. */
export interface Runner {
  /** What starts the command: a program and its first arguments. */
  readonly program: readonly string[];
  /** The folder that paths in commands are relative to. */
  readonly base: string;
  /** Ends what runs, and leaves it to whoever comes next. */
  readonly signal?: AbortSignal;
}

/** Exit codes of programs that were told to end: 128 and the number of SIGHUP, SIGINT, SIGKILL or SIGTERM. */
const TOLD = [129, 130, 137, 143];

/** Runs the command of a task that was taken, and keeps what comes of it. */
export async function runTask(task: SweepTask, attempt: Attempt, runner: Runner): Promise<Ending> {
  try {
    return await run(task, attempt, runner);
  } catch (error) {
    await attempt.leave();
    // Whoever took this process for dead (it may have slept) has taken the folder, too.
    if (!runner.signal?.aborted && !(await attempt.isOurs())) return { state: 'elsewhere' };
    throw error;
  }
}

async function run(
  task: SweepTask,
  attempt: Attempt,
  { program, base, signal }: Runner,
): Promise<Ending> {
  const begin = performance.now();
  const output = join(attempt.folder, 'output');
  const recipe = join(attempt.folder, 'recipe.json');
  if (task.recipe) await writeInto(attempt.folder, 'recipe.json', JSON.stringify(task.recipe));
  const words = task.command.map((word) => filled(word, { output, recipe }));
  const further = attempt.left ? await goingOn(words, output) : undefined;
  if (attempt.left && !further) {
    await rm(output, { recursive: true });
    await mkdir(output);
  }
  const asked = further ?? words;
  const args = asked.includes('--json') ? asked : [...asked, '--json'];
  const { code, by } = await ended([...program, ...args], { attempt, base, signal });
  await nameForGood(attempt);
  if (by !== null || code === null || TOLD.includes(code)) {
    await attempt.leave();
    return { state: 'cut', reason: by ? `was ended by ${by}` : `was told to end (${code})` };
  }
  const seconds = Number(((performance.now() - begin) / 1000).toFixed(3));
  const reason = code === 0 ? undefined : await lastWords(attempt.folder, code);
  const { name, values } = task;
  const done: Done = {
    ...{ name, command: task.command, values, exitCode: code },
    ...(reason !== undefined && { reason }),
    seconds,
  };
  await writeInto(attempt.folder, 'done.json', `${JSON.stringify(done, null, 2)}\n`);
  if (!(await attempt.publish())) return { state: 'elsewhere' };
  return reason === undefined ? { state: 'finished' } : { state: 'failed', reason };
}

/** Runs a program to its end, in a group of its own: Ctrl-C reaches it by way of `signal`, once. */
async function ended(
  [command, ...args]: readonly string[],
  { attempt, base, signal }: { attempt: Attempt; base: string; signal?: AbortSignal },
): Promise<{ code: number | null; by: NodeJS.Signals | null }> {
  // Files, not pipes: nothing waits for a reader, and nothing is lost with one.
  const out = await open(join(attempt.folder, 'stdout.txt'), 'w');
  const err = await open(join(attempt.folder, 'stderr.txt'), 'w');
  try {
    signal?.throwIfAborted();
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: base,
        stdio: ['ignore', out.fd, err.fd],
        detached: process.platform !== 'win32',
        env: { ...process.env, [ATTEMPT]: attempt.id },
      });
      const end = () => child.kill('SIGTERM');
      signal?.addEventListener('abort', end, { once: true });
      child.on('error', ({ message }) =>
        reject(new EngineError(`${command}: cannot be started (${message})`)),
      );
      child.on('spawn', () => attempt.works(child.pid!));
      child.on('close', (code, by) => {
        signal?.removeEventListener('abort', end);
        if (signal?.aborted) reject(signal.reason);
        else resolve({ code, by });
      });
    });
  } finally {
    await out.close();
    await err.close();
  }
}

/** Puts the folder's later name in place of that of the attempt, in what the command has said. */
async function nameForGood({ folder, end }: Attempt): Promise<void> {
  const inJson = (path: string) => JSON.stringify(path).slice(1, -1);
  for (const name of ['stdout.txt', 'stderr.txt']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (!text.includes(folder) && !text.includes(inJson(folder))) continue;
    const told = text.replaceAll(inJson(folder), inJson(end)).replaceAll(folder, end);
    await writeInto(folder, name, told);
  }
}

/** The last line of what a command said of its failure; of a program that broke, the line that names the error. */
async function lastWords(folder: string, code: number): Promise<string> {
  const text = await readFile(join(folder, 'stderr.txt'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /^(\w*Error|diffusion)\b.*: /.test(line));
  const words = error ?? lines.at(-1) ?? `ended with exit code ${code}`;
  return words.replace(/^diffusion: /, '').slice(0, 500);
}
