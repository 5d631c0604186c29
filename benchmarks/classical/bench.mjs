// The classical classifiers beside scikit-learn's on the same features of the same tracks of gajowczyk2021, 70 % to learn
// from and 15 % to be judged on, stratified: accuracy, log loss, recalls, CPU time of the fit on one thread.
//   pnpm bench classical [--json] [--tracks N] [--features SET|a,b,c] [--seeds N] [--slow]
// SET is a name of `featureSets`, or `all` of them; --slow adds scikit-learn's GradientBoostingClassifier, a minute for 20,000 tracks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { featureSets, features } from '@diffusion/features';
import {
  classicalModels,
  defaultsOf,
  fitBoosting,
  fitForest,
  fitLogistic,
} from '@diffusion/models/classical';
import { gajowczyk2021 } from '@diffusion/simulate';
import { splitTracks } from '@diffusion/train';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    tracks: { type: 'string', default: '20000' },
    features: { type: 'string', default: 'janczura2020' },
    seeds: { type: 'string', default: '3' },
    slow: { type: 'boolean', default: false },
  },
});
const count = Number(values.tracks);
const sets = { ...featureSets, all: { names: everyName() } };
const names = sets[values.features]?.names ?? values.features.split(',');
const seeds = Array.from({ length: Number(values.seeds) }, (_, k) => k + 1);
const folder = process.env.DIFFUSION_SKLEARN ?? `${homedir()}/.cache/diffusion-bench/sklearn`;
const here = (name) => new URL(name, import.meta.url).pathname;
const note = (text) => process.stderr.write(`bench classical: ${text}\n`);

const setup = spawnSync(here('setup.sh'), [folder], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (setup.status !== 0) throw new Error('bench classical: scikit-learn could not be installed');
const versions = setup.stdout.trim();

note(`features of ${count} tracks`);
const all = gajowczyk2021({ count, seed: 1 }).generate();
const [training, , test] = splitTracks(all, [0.7, 0.15, 0.15], 1).map((tracks) => {
  const columns = features(tracks, { names });
  const rows = Array.from({ length: tracks.count }, (_, i) =>
    Float64Array.from(names, (name) =>
      Number.isFinite(columns[name][i]) ? columns[name][i] : Number.NaN,
    ),
  );
  return { rows, codes: tracks.trackColumns.label.codes };
});
const classes = all.trackColumns.label.dictionary;

/** The features of all sets, each once. */
function everyName() {
  return [...new Set(Object.values(featureSets).flatMap(({ names }) => names))];
}

/** Accuracy, mean log loss and recalls, as scikit-learn has them. */
function judged({ codes, probabilities }) {
  const right = new Array(classes.length).fill(0);
  const seen = new Array(classes.length).fill(0);
  let loss = 0;
  test.codes.forEach((code, i) => {
    seen[code]++;
    if (codes[i] === code) right[code]++;
    loss -= Math.log(Math.max(probabilities[i * classes.length + code], 1e-15));
  });
  const total = right.reduce((a, b) => a + b, 0);
  return {
    accuracy: total / test.rows.length,
    logLoss: loss / test.rows.length,
    recall: right.map((n, c) => n / seen[c]),
  };
}

const fits = {
  boosting: (seed) => fitBoosting(training.rows, training.codes, { seed }),
  forest: (seed) => fitForest(training.rows, training.codes, { seed }),
  logistic: () => fitLogistic(training.rows, training.codes),
};
const results = [];
for (const [name, fit] of Object.entries(fits)) {
  for (const seed of name === 'logistic' ? [0] : seeds) {
    const before = process.cpuUsage();
    const model = fit(seed);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    results.push({ name, seed, seconds, ...judged(model.predict(test.rows)) });
    note(`${name}, seed ${seed}: ${JSON.stringify(results.at(-1))}`);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'diffusion-classical-'));
try {
  const written = (name, { rows, codes }) => {
    const files = { rows: join(scratch, `${name}-rows`), codes: join(scratch, `${name}-codes`) };
    const flat = new Float64Array(rows.length * names.length);
    for (const [i, row] of rows.entries()) flat.set(row, i * names.length);
    writeFileSync(files.rows, flat);
    writeFileSync(files.codes, Int32Array.from(codes));
    return files;
  };
  const optionsOf = (kind) => defaultsOf(classicalModels.find(({ name }) => name === kind).options);
  const job = {
    training: written('training', training),
    test: written('test', test),
    columns: names.length,
    seeds,
    boosting: optionsOf('boosting'),
    l2: optionsOf('logistic').l2,
    slow: values.slow,
  };
  note('scikit-learn');
  const python = spawnSync(`${folder}/bin/python`, [here('sklearn_fits.py')], {
    encoding: 'utf8',
    input: JSON.stringify(job),
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (python.status !== 0) throw new Error('bench classical: scikit-learn failed');
  for (const line of python.stdout.trim().split('\n')) results.push(JSON.parse(line));
} finally {
  rmSync(scratch, { recursive: true });
}

const report = {
  benchmark: 'classical',
  machine: `${cpus()[0].model}, ${availableParallelism()} cores`,
  node: process.version,
  sklearn: versions,
  tracks: { training: training.rows.length, test: test.rows.length },
  features: names,
  classes,
  results,
};
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  console.log(
    `${names.length} features of ${training.rows.length} tracks, judged on ${test.rows.length}; ${report.node}, ${versions}, ${report.machine}`,
  );
  const percent = (x) => `${(100 * x).toFixed(2)} %`;
  for (const name of new Set(results.map((each) => each.name))) {
    const of = results.filter((each) => each.name === name);
    const mean = (pick) => of.reduce((sum, each) => sum + pick(each), 0) / of.length;
    const recalls = classes.map((label, c) => `${label} ${percent(mean((r) => r.recall[c]))}`);
    console.log(
      `${name.padEnd(31)} accuracy ${percent(mean((r) => r.accuracy))}  log loss ${mean((r) => r.logLoss).toFixed(4)}  fit ${mean((r) => r.seconds).toFixed(1)} s  ${recalls.join('  ')}`,
    );
  }
}
