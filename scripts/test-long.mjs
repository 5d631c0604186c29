import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.mjs';

/**
 * `pnpm test:long [seed]`: tries every changed file and list of arguments of packages/cli/fuzz in a process of its own
 * (some 25 minutes on two cores), and writes what came of it to docs/reliability-fuzz.json. With a seed, other cases
 * than those, and nothing is written.
 */
run('turbo', ['run', 'build', '--output-logs=errors-only']);
const { casesOf, fuzz } = await import('../packages/cli/fuzz/fuzz.mjs');
const [seed] = process.argv.slice(2);
const all = casesOf('all');
const begun = performance.now();
let done = 0;
const { problems, ...counts } = await fuzz({
  cases: all,
  processes: true,
  ...(seed !== undefined && { seed: Number(seed) }),
  onCase(each, ended) {
    for (const problem of ended.problems) process.stderr.write(`${each.name}: ${problem}\n`);
    if (++done % 100 === 0) process.stderr.write(`${done} of ${all.length}\n`);
  },
});
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const result = {
  date: new Date().toISOString().slice(0, 10),
  commit: git('rev-parse', '--short', 'HEAD'),
  node: process.version,
  machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  ...shown(counts),
  minutes: Number(((performance.now() - begun) / 60_000).toFixed(1)),
  problems,
};
const text = `${JSON.stringify(result, null, 2)}\n`;
if (seed === undefined) await writeFile(join(root, 'docs/reliability-fuzz.json'), text);
process.stdout.write(text);
process.exit(problems.length === 0 ? 0 : 1);

/** The counts, the longest in seconds and the largest in MiB. */
function shown({ cases, inputs, arguments: lists, codes, seconds, memory }) {
  return {
    cases,
    changedFiles: inputs,
    listsOfArguments: lists,
    exitCodes: codes,
    longestSeconds: Number(seconds.toFixed(1)),
    largestMiB: Math.round(memory / 2 ** 20),
  };
}
