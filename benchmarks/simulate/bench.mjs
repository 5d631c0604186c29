// Tracks per second of CPU time, beside andi-datasets and beside the same models in vectorised numpy, in one run;
// speed of two workers over one; memory of a long stream.
//   pnpm bench simulate [--json] [--rounds N]
import { execFileSync, spawn } from 'node:child_process';
import { availableParallelism, cpus, homedir } from 'node:os';
import { createInterface } from 'node:readline';
import { andi2020, dataSet, gajowczyk2021, parallelBatches, simulate } from '@diffusion/simulate';

const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 3 : Number(process.argv[at + 1]);
const here = (name) => new URL(name, import.meta.url).pathname;
const folder = process.env.DIFFUSION_ANDI ?? `${homedir()}/.cache/diffusion-bench/venv`;
const note = (text) => process.stderr.write(`${text}\n`);

note('bench simulate: preparing andi-datasets');
const versions = execFileSync(here('setup.sh'), [folder], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
}).trim();

const T = 1000;
const ALPHAS = {
  attm: [0.2, 0.4, 0.6, 0.8, 1],
  ctrw: [0.2, 0.4, 0.6, 0.8, 1],
  fbm: [0.3, 0.7, 1.1, 1.5, 1.7],
  lw: [1.1, 1.3, 1.5, 1.7, 1.9],
  sbm: [0.3, 0.7, 1.1, 1.5, 1.7],
};
const NAMES = { lw: 'levy-walk' };
/** How many times the peer's speed is asked for. */
const GOALS = { attm: 30, lw: 30, ctrw: 3, fbm: 3, sbm: 3, andi2020: 30 };
/** Tracks per measurement: a few tenths of a second each. */
const PEER_COUNTS = { attm: 200, lw: 100, ctrw: 1500, fbm: 500, sbm: 2000, andi2020: 200 };
const FAST_COUNT = 5000;
/** Tracks simulated at a time: what a training step asks for, and what stays in the cache. */
const BATCH = 100;

const python = spawn(`${folder}/bin/python`, [here('peers.py')], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
async function theirs(job) {
  python.stdin.write(`${JSON.stringify(job)}\n`);
  for (;;) {
    const { value, done } = await answers.next();
    if (done) throw new Error('bench simulate: the Python process ended');
    if (value.startsWith('{"seconds"')) return job.count / JSON.parse(value).seconds;
  }
}

/** Tracks per second of CPU time of this process, garbage collection and compilation included. */
function ours(what, dim, count, seed) {
  const before = process.cpuUsage();
  if (what === 'andi2020' || what === 'andi2020-whole') {
    const length = what === 'andi2020' ? undefined : T;
    const set = andi2020({ task: 1, dim, count, seed, length });
    for (let from = 0; from < count; from += BATCH)
      set.generate(from, Math.min(count, from + BATCH));
  } else {
    for (const alpha of ALPHAS[what]) {
      for (let done = 0; done < count / 5; done += BATCH) {
        simulate({
          model: NAMES[what] ?? what,
          count: BATCH,
          length: T,
          dim,
          alpha,
          seed: seed + done,
        });
      }
    }
  }
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1e6);
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const table = [];
for (const dim of [1, 2]) {
  for (const what of ['attm', 'ctrw', 'fbm', 'lw', 'sbm', 'andi2020']) {
    note(`bench simulate: ${what} in ${dim}D`);
    const whole = what === 'andi2020' ? 'andi2020-whole' : what;
    ours(what, dim, 1250, 1);
    ours(whole, dim, 1250, 1);
    await theirs({ who: 'numpy', what, dim, count: 1000 });
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      const own = ours(what, dim, FAST_COUNT, round);
      const ownWhole = ours(whole, dim, FAST_COUNT, round);
      const numpy = await theirs({ who: 'numpy', what, dim, count: FAST_COUNT });
      const peer = await theirs({ who: 'peer', what, dim, count: PEER_COUNTS[what] });
      runs.push({ own, numpy, peer, overPeer: own / peer, overNumpy: ownWhole / numpy });
    }
    const of = (key) => median(runs.map((run) => run[key]));
    table.push({
      what,
      dim,
      tracksPerSecond: Math.round(of('own')),
      peer: Math.round(of('peer')),
      numpy: Math.round(of('numpy')),
      overPeer: Number(of('overPeer').toFixed(2)),
      goal: GOALS[what],
      overNumpy: Number(of('overNumpy').toFixed(2)),
    });
  }
}
python.stdin.end();

note('bench simulate: two workers over one');
// Long enough that what every worker has to do once, half a second of loading and compiling, counts little.
const set = gajowczyk2021({ count: 120_000, seed: 1 });
async function seconds(workers) {
  const begin = performance.now();
  for await (const tracks of parallelBatches(set, { size: 200, workers })) tracks.count;
  return (performance.now() - begin) / 1000;
}
await seconds(1);
const gains = [];
for (let round = 0; round < rounds; round++) gains.push((await seconds(1)) / (await seconds(2)));

note('bench simulate: a stream of a million tracks');
const memory = [];
let read = 0;
const stream = dataSet({
  count: 1_000_000,
  seed: 1,
  dim: 2,
  length: { min: 10, max: 60 },
  noise: { snr: 5 },
  classes: [
    { model: 'brownian' },
    { model: 'fbm', parameters: { alpha: { min: 0.2, max: 1.8 } } },
    { model: 'ctrw', parameters: { alpha: { min: 0.3, max: 1 } } },
  ],
});
for await (const tracks of stream.batches({ size: 2000 })) {
  read += tracks.count;
  if (read % 100_000 === 0) memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
}

const result = {
  node: process.version,
  cpu: `${cpus()[0].model}, ${availableParallelism()} cores`,
  peers: versions,
  points: T,
  models: table,
  twoWorkersOverOne: Number(median(gains).toFixed(2)),
  streamOfAMillionTracks: { tracks: read, residentMiBPer100000: memory },
};
if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  console.log(`${result.node}, ${result.cpu}; ${versions}; tracks of ${T} points per CPU second`);
  console.table(table);
  console.log(`two workers over one: ${result.twoWorkersOverOne} ×`);
  console.log(`resident MiB per 100,000 tracks of a stream of ${read}: ${memory.join(', ')}`);
}
