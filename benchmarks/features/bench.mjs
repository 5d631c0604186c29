// CPU time of the full set of features per 2D track of 300 points, beside a numpy implementation of the same formulas
// written for this benchmark, in one run; and the speed of two workers over one.
//   pnpm bench features [--json] [--rounds N]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { features, parallelFeatures } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';

const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 5 : Number(process.argv[at + 1]);
const here = (name) => new URL(name, import.meta.url).pathname;
const folder = process.env.DIFFUSION_NUMPY ?? `${homedir()}/.cache/diffusion-bench/numpy`;
const note = (text) => process.stderr.write(`${text}\n`);

note('bench features: preparing numpy');
const versions = execFileSync(here('setup.sh'), [folder], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
}).trim();

const python = spawn(`${folder}/bin/python`, [here('numpy_features.py')], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
const scratch = mkdtempSync(join(tmpdir(), 'diffusion-features-'));
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Milliseconds of CPU time of this process per track, garbage collection included. */
function ours(tracks) {
  const before = process.cpuUsage();
  const columns = features(tracks);
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1e3 / tracks.count, columns };
}

async function theirs(tracks, length, dim) {
  const file = join(scratch, 'positions');
  writeFileSync(file, tracks.positions);
  const job = { file, tracks: tracks.count, length, dim, dt: tracks.dt };
  python.stdin.write(`${JSON.stringify(job)}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('bench features: the Python process ended');
  const { seconds, checks } = JSON.parse(value);
  return { ms: (1e3 * seconds) / tracks.count, checks };
}

/** Largest relative difference of the two implementations over the first tracks. */
function disagreement(columns, checks) {
  let worst = { name: '', difference: 0 };
  for (const [name, column] of Object.entries(columns)) {
    (checks[name] ?? []).forEach((value, i) => {
      const both = Number.isNaN(column[i]) && value === null;
      const difference = both ? 0 : Math.abs(column[i] - value) / (Math.abs(value) + 1e-6);
      if (!(difference <= worst.difference)) worst = { name, difference };
    });
  }
  return worst;
}

const table = [];
try {
  for (const [length, dim] of [
    [300, 2],
    [30, 2],
    [1000, 2],
    [300, 1],
    [300, 3],
  ]) {
    const count = Math.round(120_000 / length);
    const tracks = simulate({
      model: 'brownian',
      count,
      length,
      dim,
      seed: 1,
      sigma: 0.3,
      dt: 0.1,
    });
    ours(tracks);
    const [fast, slow] = [[], []];
    let worst;
    for (let round = 0; round < rounds; round++) {
      const mine = ours(tracks);
      const numpy = await theirs(tracks, length, dim);
      fast.push(mine.ms);
      slow.push(numpy.ms);
      worst = disagreement(mine.columns, numpy.checks);
    }
    table.push({
      length,
      dim,
      msPerTrack: median(fast),
      numpyMsPerTrack: median(slow),
      ratio: median(slow.map((ms, i) => ms / fast[i])),
      largestDifference: worst,
    });
    note(
      `  ${length} points, ${dim}D: ${median(fast).toFixed(3)} ms, numpy ${median(slow).toFixed(3)} ms`,
    );
  }
} finally {
  python.stdin.end();
  rmSync(scratch, { recursive: true });
}

// Wall time of workers: what is gained depends on what else the machine does. Enough tracks that what every worker has to do
// once, most of a second of loading and compiling, counts little.
const many = simulate({ model: 'brownian', count: 24_000, length: 300, dim: 2, seed: 2 });
const seconds = {};
for (const workers of [1, 2]) {
  const times = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const before = performance.now();
    await parallelFeatures(many, { workers });
    times.push((performance.now() - before) / 1e3);
  }
  seconds[workers] = median(times);
}

const report = {
  benchmark: 'features',
  machine: `${cpus()[0].model}, ${availableParallelism()} cores`,
  node: process.version,
  numpy: versions,
  features: Object.keys(
    features(simulate({ model: 'brownian', count: 1, length: 10, dim: 2, seed: 1 })),
  ).length,
  rounds,
  tracks: table,
  goal: { length: 300, dim: 2, msPerTrack: 1, reached: table[0].msPerTrack <= 1 },
  workers: { tracks: many.count, seconds, speedup: seconds[1] / seconds[2] },
};

if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  console.log(`${report.features} features, ${report.node}, ${versions}, ${report.machine}`);
  for (const row of table) {
    console.log(
      `${String(row.length).padStart(5)} points ${row.dim}D  ${row.msPerTrack.toFixed(3)} ms  numpy ${row.numpyMsPerTrack.toFixed(3)} ms  ${row.ratio.toFixed(1)}×`,
    );
  }
  console.log(`two workers over one: ${report.workers.speedup.toFixed(2)}×`);
}
