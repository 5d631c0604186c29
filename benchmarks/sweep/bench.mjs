// How much faster a sweep of small trainings is on two workers than on one: on this machine's cores, on SLURM and over Redis,
// both of which are started here, in folders of their own (Debian's slurm-wlm, munge and redis-server; SLURM needs root). And how
// long it takes to list and sum up a sweep of ten thousand tasks. Give it a machine that does nothing else.
//   pnpm bench sweep [--tasks 64] [--only local,slurm,redis,table] [--workers 2] [--fill] [--json]
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fillPage, markdown } from '../backends/fill-page.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    tasks: { ...text, default: '64' },
    only: { ...text, default: 'local,slurm,redis,table' },
    workers: { ...text, default: '2' },
    ...{ fill: { type: 'boolean' }, json: { type: 'boolean' } },
  },
});
const only = values.only.split(',');
const tasks = Number(values.tasks);
const workers = Number(values.workers);
const note = (line) => process.stderr.write(`bench sweep: ${line}\n`);
const command = fileURLToPath(new URL('../../packages/cli/dist/diffusion.js', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'bench-sweep-'));
const file = join(place, 'sweep.json');

/** A training of about a second on one thread. */
const training = [
  ...['train', '--model', 'xresnet', '--set', 'depth=2', '--set', 'filters=8', '--epochs', '2'],
  ...['--preset', 'gajowczyk2021', '--count', '128', '--batch-size', '32', '--seed', '{k}'],
  ...['--change', 'data.test=50', '--change', 'data.validation=50'],
  ...['--workers', '0', '--data-workers', '0', '--output', '{output}'],
];
const sweepOf = (name, line, count) => ({
  ...{ format: 'diffusion-sweep', version: 1, name },
  grid: { command: line, values: { k: Array.from({ length: count }, (_, k) => k + 1) } },
});
writeFileSync(file, JSON.stringify(sweepOf('bench', training, tasks)));

/** Runs `diffusion …` to its end, and gives the seconds and what it printed. */
function run(args, env = {}) {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    ...{ cwd: place, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, ...env } },
  });
  if (status !== 0) throw new Error(`diffusion ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - begin) / 1000, stdout };
}

const tables = [];
/** Seconds of the whole sweep in a new folder, whose table has to be that of the others. */
function timed(name, args, env) {
  const folder = join(place, name);
  const { seconds } = run(['sweep', 'run', file, '--output', folder, ...args], env);
  tables.push(readFileSync(join(folder, 'table.csv'), 'utf8'));
  if (tables.at(-1) !== tables[0]) throw new Error(`${name} has another table`);
  note(`${name}: ${seconds.toFixed(1)} s`);
  return seconds;
}

const result = { tasks, workers, cpu: cpus()[0].model, cores: cpus().length, load: loadavg()[0] };
/** Ends what was started here, whatever happens. */
const ends = [];
try {
  if (only.some((each) => each !== 'table')) {
    note(`${tasks} trainings, ${workers} workers; the load before is ${result.load.toFixed(2)}`);
    result.one = timed('one', ['--workers', '1']);
  }
  const against = (seconds) => ({ seconds, times: result.one / seconds });
  if (only.includes('local')) result.local = against(timed('local', ['--workers', `${workers}`]));
  if (only.includes('slurm')) {
    const slurm = fileURLToPath(new URL('slurm.sh', import.meta.url));
    const own = join(place, 'slurm');
    ends.push(() => spawnSync(slurm, ['stop', own]));
    const { status, stdout, stderr } = spawnSync(slurm, ['start', own, `${workers}`], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`slurm.sh start ended with ${status}: ${stderr}`);
    const args = ['--engine', 'slurm', '--jobs', `${workers}`, '--wait'];
    result.slurm = against(timed('slurm-sweep', args, { SLURM_CONF: stdout.trim() }));
  }
  if (only.includes('redis')) {
    const port = 20000 + Math.floor(Math.random() * 20000);
    const url = `redis://127.0.0.1:${port}`;
    const alone = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--port', `${port}`];
    const children = [spawn('redis-server', alone, { stdio: 'ignore' })];
    ends.push(() => {
      for (const child of children) child.kill('SIGTERM');
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (let k = 0; k < workers; k++) {
      const args = [command, 'worker', '--redis', url, '--workers', '1'];
      children.push(spawn(process.execPath, args, { stdio: 'ignore' }));
    }
    // They wait for work before it comes.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    result.redis = against(timed('redis', ['--engine', 'redis', '--redis', url]));
  }
  if (only.includes('table')) result.table = tenThousand();
} finally {
  for (const end of ends.reverse()) end();
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}

/** Seconds for what is done with a sweep of 10,000 tasks that have all ended: the same result in 10,000 folders. */
function tenThousand() {
  const count = 10_000;
  const line = [
    'simulate',
    '--model',
    'brownian',
    '--count',
    '{k}',
    '--length',
    '9',
    '--seed',
    '1',
  ];
  line.push('--output', '{output}/tracks.csv');
  const many = join(place, 'many.json');
  const folder = join(place, 'many');
  writeFileSync(many, JSON.stringify(sweepOf('many', line, count)));
  run(['sweep', 'run', many, '--output', folder, '--tasks', '0', '--json']);
  const [first] = readdirSync(join(folder, 'tasks'));
  const done = JSON.parse(readFileSync(join(folder, 'tasks', first, 'done.json'), 'utf8'));
  for (let k = 1; k < count; k++) {
    const name = `k=${k + 1}`;
    const own = join(folder, 'tasks', `${String(k).padStart(5, '0')}-${name}`);
    mkdirSync(own);
    cpSync(join(folder, 'tasks', first, 'stdout.txt'), join(own, 'stdout.txt'));
    const told = { ...done, name, values: { k: k + 1 } };
    writeFileSync(join(own, 'done.json'), JSON.stringify(told));
  }
  const seconds = {
    list: run(['sweep', 'list', folder, '--json']).seconds,
    table: run(['sweep', 'table', folder, '--json']).seconds,
    run: run(['sweep', 'run', many, '--output', folder, '--json']).seconds,
  };
  note(
    `${count} tasks: list ${seconds.list.toFixed(1)} s, table ${seconds.table.toFixed(1)} s, run ${seconds.run.toFixed(1)} s`,
  );
  return { count, ...seconds };
}

const rows = [];
if (result.one) rows.push([`${tasks} tasks, one worker`, result.one.toFixed(1), '1']);
for (const [name, title] of Object.entries({
  local: 'workers',
  slurm: 'jobs of SLURM',
  redis: 'workers over Redis',
})) {
  if (!result[name]) continue;
  const { seconds, times } = result[name];
  rows.push([`${tasks} tasks, ${workers} ${title}`, seconds.toFixed(1), times.toFixed(2)]);
}
for (const [name, title] of Object.entries({
  list: 'listed',
  table: 'summed up',
  run: 'run, with nothing left',
})) {
  if (result.table) rows.push([`10,000 tasks ${title}`, result.table[name].toFixed(1), '']);
}
const table = markdown([['', 'seconds', 'times one worker'], ...rows]);
if (values.fill) {
  const { cpu, cores, load } = result;
  fillPage(
    'figures',
    `${table}\n\n${cpu}, ${cores} cores, Node ${process.versions.node}, load ${load.toFixed(1)} before.`,
    'sweeps.md',
  );
}
process.stdout.write(`${values.json ? JSON.stringify(result, null, 2) : table}\n`);
