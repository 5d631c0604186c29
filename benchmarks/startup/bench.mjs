// How long the command takes to start: whole processes, in turn, medians of the user's CPU time and of the clock.
//   pnpm bench startup [--json] [--rounds N] [--beside FOLDER]
// With --beside, a second checkout that is built (before a change, say) takes part in the same run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const json = process.argv.includes('--json');
const rounds = Number(option('--rounds') ?? 11);
const here = fileURLToPath(new URL('../..', import.meta.url));
const beside = option('--beside');
const checkouts = { here, ...(beside && { beside: resolve(beside) }) };

const folder = mkdtempSync(join(tmpdir(), 'startup-'));
const table = join(folder, 'a.csv');
const rows = Array.from({ length: 200 }, (_, i) => `${i % 4},${i},${i / 7},${(i * i) / 99}\n`);
writeFileSync(table, `track,frame,x,y\n${rows.join('')}`);

/** What is started: the least that loads each room. */
const commands = {
  '--version': ['--version'],
  '--help': ['--help'],
  'predict --help': ['predict', '--help'],
  inspect: ['inspect', table, '--json'],
  simulate: [
    ...'simulate --model fbm --alpha 0.5 --count 1 --length 10 --seed 1 --output'.split(' '),
    join(folder, 'b.csv'),
  ],
  features: ['features', table, '--output', join(folder, 'c.csv')],
  models: ['models', '--json'],
  'models describe': ['models', 'describe', 'xresnet', '--json'],
};

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds of CPU and of the clock that one run takes. */
function run(checkout, args) {
  const program = join(checkout, 'packages/cli/dist/diffusion.js');
  if (!existsSync(program)) throw new Error(`${program} is not built: pnpm build`);
  const cpu = process.resourceUsage === undefined ? undefined : childUsage();
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  const wall = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} failed in ${checkout}: ${stderr}`);
  return { wall, cpu: cpu === undefined ? Number.NaN : childUsage() - cpu };
}

/** CPU seconds of the children that have ended, where the system tells. */
function childUsage() {
  const stat = existsSync('/proc/self/stat')
    ? spawnSync('cat', [`/proc/${process.pid}/stat`], { encoding: 'utf8' }).stdout
    : undefined;
  if (stat === undefined) return Number.NaN;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

try {
  const results = {};
  for (const [name, args] of Object.entries(commands)) {
    const times = Object.fromEntries(Object.keys(checkouts).map((key) => [key, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const [key, checkout] of Object.entries(checkouts)) {
        const time = run(checkout, args);
        // The first one fills the caches.
        if (round > 0) times[key].push(time);
      }
    }
    results[name] = Object.fromEntries(
      Object.entries(times).map(([key, all]) => [
        key,
        { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
      ]),
    );
    process.stderr.write(`${name}\n`);
  }
  if (json)
    console.log(
      JSON.stringify({ cpu: cpus()[0].model, node: process.version, rounds, results }, null, 1),
    );
  else {
    for (const [name, result] of Object.entries(results)) {
      const cells = Object.entries(result).map(
        ([key, { wall, cpu }]) => `${key} ${wall.toFixed(3)} s (CPU ${cpu.toFixed(2)} s)`,
      );
      const ratio = result.beside ? `  ${(result.here.cpu / result.beside.cpu).toFixed(2)} ×` : '';
      console.log(`${name.padEnd(16)} ${cells.join('   ')}${ratio}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
