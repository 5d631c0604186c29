import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a command that has ended left behind. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built program of that name, or one of the fixtures beside this file. */
export const built = (name: string): string =>
  fileURLToPath(new URL(name.endsWith('.mjs') ? name : `../dist/${name}.js`, import.meta.url));

/** Starts `diffusion …` or the main job in a folder, with options of Node's; `ended` is when it has. */
export function start(
  program: 'diffusion' | 'main-job' | `${string}.fixture.mjs`,
  args: readonly string[],
  cwd: string,
  options: { uid?: number } = {},
  ofNode: readonly string[] = [],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...ofNode, built(program), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
    ...options,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  );
  return { child, ended };
}

/** Runs `diffusion …` to its end; the arguments are cut at spaces. */
export const diffusion = (args: string, cwd: string): Promise<Ended> =>
  start('diffusion', args.split(' ').filter(Boolean), cwd).ended;

/** Runs several commands, two at a time, and gives what each left behind. */
export async function runAll(commands: readonly string[], cwd: string): Promise<Ended[]> {
  const results: Ended[] = new Array(commands.length);
  let next = 0;
  const runner = async () => {
    for (let k = next++; k < commands.length; k = next++) {
      results[k] = await diffusion(commands[k], cwd);
    }
  };
  await Promise.all([runner(), runner()]);
  return results;
}

/**
 * What the contract says of bad arguments and bad input, or with code 3 of something outside that failed: one line on
 * stderr, nothing on stdout.
 */
export function expectOneLine(
  { code, out, err }: Ended,
  message: string | RegExp,
  expected: 2 | 3 = 2,
): void {
  const lines = err.split('\n').length - 1;
  expect({ out, code, lines, err }).toEqual({ out: '', code: expected, lines: 1, err });
  expect(err).toMatch(/^diffusion: /);
  if (typeof message === 'string') expect(err).toContain(message);
  else expect(err).toMatch(message);
}

/** The document of a command that was asked for `--json`: all that is on stdout. */
export function jsonOf({ code, out, err }: Ended): unknown {
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'diffusion-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true });

/** Every file below a folder, by its path in it, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
