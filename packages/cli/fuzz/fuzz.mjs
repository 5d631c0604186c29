import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as argumentCases from './argument-cases.mjs';
import { checkCase } from './check-case.mjs';
import * as inputCases from './input-cases.mjs';
import { commandServer, startProcess } from './processes.mjs';
import { makeSamples } from './samples.mjs';

/** Of every kind of input, and of the lists of arguments, one in so many is tried with the tests. */
const ONE_IN = 20;

/** The indices of all cases, or of those that are tried with the tests. */
export function casesOf(which) {
  const kinds = Object.keys(inputCases.kinds).length;
  const few = which === 'few';
  const below = (count) => Array.from({ length: count }, (_, i) => i);
  return [
    ...below(inputCases.count)
      .filter((i) => !few || Math.floor(i / kinds) % ONE_IN === 0)
      .map((i) => ['input', i]),
    ...below(argumentCases.count)
      .filter((i) => !few || i % ONE_IN === 0)
      .map((i) => ['arguments', i]),
  ];
}

/**
 * Tries changed files and lists of arguments.
 *
 * @param options.cases pairs of 'input' or 'arguments' and an index; all of them unless told.
 * @param options.processes true: each in a process of its own; otherwise those of `diffusion` in one process each per
 *   core, one after the other, some ten times as fast.
 * @param options.seed another one explores further.
 * @param options.onCase told of each case and how it ended.
 * @returns how many there were, how often each exit code was, the longest and the largest, and the problems.
 */
export async function fuzz({
  cases = casesOf('all'),
  processes = false,
  side = availableParallelism(),
  seed = inputCases.SEED,
  onCase = () => {},
} = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-samples-'));
  const servers = [];
  try {
    const samples = await makeSamples(folder);
    const total = {
      cases: 0,
      inputs: 0,
      arguments: 0,
      codes: {},
      seconds: 0,
      memory: 0,
      problems: [],
    };
    let next = 0;
    const work = async () => {
      const server = processes ? undefined : commandServer();
      if (server) servers.push(server);
      const run = (program, args, cwd) =>
        server && program === 'diffusion'
          ? server.run(args, cwd)
          : startProcess(program, args, cwd).ended;
      for (let k = next++; k < cases.length; k = next++) {
        const [family, i] = cases[k];
        const each =
          family === 'input'
            ? inputCases.inputCase(i, samples, seed)
            : argumentCases.argumentCase(i, samples, seed);
        const ended = await checkCase(each, run);
        total.cases++;
        total[family === 'input' ? 'inputs' : 'arguments']++;
        total.codes[ended.code] = (total.codes[ended.code] ?? 0) + 1;
        total.seconds = Math.max(total.seconds, ended.seconds);
        total.memory = Math.max(total.memory, ended.memory);
        const shown = each.args.map((arg) => (arg.length > 80 ? `${arg.slice(0, 80)}…` : arg));
        for (const problem of ended.problems) {
          total.problems.push(`${each.name}: ${JSON.stringify(shown)}: ${problem}`);
        }
        onCase(each, ended);
      }
    };
    await Promise.all(Array.from({ length: side }, work));
    return total;
  } finally {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
