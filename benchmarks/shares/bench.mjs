// How often the 95 % intervals of `classShares` hold the true shares of simulated files, per class: files of 10, 30, 100 and
// 1,000 tracks whose shares are nothing like those of the simulated tracks that they are compared with, and in which classes are
// refused unequally. Each file has its own finite simulation. Results are kept in docs/shares-coverage.json.
//   pnpm bench shares [--files N] [--tracks 10,30,100,1000] [--simulated N] [--only gaussian,motion] [--model NAME] [--json] [--fill]
//   pnpm bench shares --only unknown --files 100   files whose classes are not as the training has them, by tracks like the file's
//   --files N,…      of each kind and size, first so many of all, then so many (1000)
//   --simulated N    simulated tracks per file (2000)
//   --per-class N    tracks of each class from which files and simulations are drawn (4000; three times as many Gaussian ones)
//   --quick          10 files of each
//   --fill           writes the tables of docs/shares.md from what is kept
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { classShares } from '@diffusion/eval';
import { keyedRandom } from '@diffusion/random';
import { openModel } from '../accuracy/model.mjs';
import { fillPage, markdown } from '../backends/fill-page.mjs';
import { gaussianPool, motionPool } from './pool.mjs';
import { unknownSharesRow, unknownSharesScores } from './unknown.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    ...{ files: text, simulated: text, 'per-class': text },
    tracks: { ...text, default: '10,30,100,1000' },
    only: { ...text, default: 'gaussian,motion,unknown' },
    model: { ...text, default: 'motion-2d' },
    ...{ quick: { type: 'boolean' }, json: { type: 'boolean' }, fill: { type: 'boolean' } },
  },
});
const kept = new URL('../../docs/shares-coverage.json', import.meta.url);
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
const note = (line) => process.stderr.write(`bench shares: ${line}\n`);
const files = (values.files ?? (values.quick ? '10' : '1000')).split(',').map(Number);
const simulatedTracks = Number(values.simulated ?? 2000);
const perClass = Number(values['per-class'] ?? (values.quick ? 2000 : 4000));
/** Files of which nothing is known, at most. */
const UNKNOWN = 100;
const CLASSES = ['immobile', 'confined', 'brownian', 'directed', 'subdiffusive', 'other'];

/** How the shares of a file are drawn. */
const SHARES = {
  'any shares': (random, classes) => dirichlet(1, random, classes),
  'few classes': (random, classes) => dirichlet(0.3, random, classes),
  'two classes': (random, classes) => {
    const shares = new Array(classes).fill(0);
    const first = Math.floor(random.uniform() * classes);
    const second = (first + 1 + Math.floor(random.uniform() * (classes - 1))) % classes;
    shares[first] = random.uniform();
    shares[second] = 1 - shares[first];
    return shares;
  },
};

/** Weights of a Dirichlet law, whose exponents are 1 or less. */
function dirichlet(exponent, random, classes) {
  const parts = Array.from({ length: classes }, () => gamma(exponent, random));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}

/** A gamma variable of shape up to 1: M. Jöhnk, Metrika 8 (1964) 5. */
function gamma(shape, random) {
  if (shape === 1) return -Math.log(1 - random.uniform());
  for (;;) {
    const x = random.uniform() ** (1 / shape);
    const y = random.uniform() ** (1 / (1 - shape));
    if (x + y <= 1) return (-Math.log(1 - random.uniform()) * x) / (x + y);
  }
}

/** Draws tracks of a class that have not been drawn for this file. */
function drawer(pool, random) {
  const orders = pool.map((tracks) => Uint32Array.from(tracks.keys()));
  const next = pool.map(() => 0);
  return (k) => {
    const order = orders[k];
    const at = next[k]++;
    const other = at + Math.floor(random.uniform() * (order.length - at));
    [order[at], order[other]] = [order[other], order[at]];
    return pool[k][order[at]];
  };
}

function rowsOf(outcomes, classes) {
  const probabilities = new Float32Array(outcomes.length * classes).fill(Number.NaN);
  outcomes.forEach((outcome, i) => {
    if (outcome.probabilities) probabilities.set(outcome.probabilities, i * classes);
  });
  return {
    probabilities,
    judged: Uint8Array.from(outcomes, (outcome) => (outcome.probabilities ? 1 : 0)),
  };
}

/** Coverage, median width and error of each class over files of one kind and size. */
function coverage(pool, classes, law, tracks, number) {
  const withPoints = pool[0][0].points !== undefined;
  const K = classes.length;
  // The points per track of each class, which turn shares of tracks into those of localisations.
  const meanPoints = pool.map((of) => of.reduce((sum, { points }) => sum + points, 0) / of.length);
  const pointsOf = (rows) => (withPoints ? rows.map(({ points }) => points) : undefined);
  const found = { perParticle: emptyCount(K), perLocalisation: emptyCount(K) };
  let seconds = 0;
  for (let file = 0; file < number; file++) {
    const random = keyedRandom(tracks, 'own:file', file, Object.keys(SHARES).indexOf(law));
    const shares = SHARES[law](random, K);
    const sums = shares.map((_, k) => shares.slice(0, k + 1).reduce((a, b) => a + b, 0));
    const draw = drawer(pool, random);
    const classOf = () => {
      const u = random.uniform();
      const k = sums.findIndex((sum) => u < sum);
      return k < 0 ? shares.indexOf(Math.max(...shares)) : k;
    };
    const truth = Int32Array.from({ length: simulatedTracks }, (_, i) => i % K);
    const simulated = Array.from(truth, draw);
    const own = Array.from({ length: tracks }, () => draw(classOf()));
    const began = process.cpuUsage();
    const result = classShares(
      { classes, ...rowsOf(own, K), points: pointsOf(own) },
      { truth, ...rowsOf(simulated, K), length: pointsOf(simulated) },
    );
    seconds += process.cpuUsage(began).user / 1e6;
    count(found.perParticle, result.perParticle, shares);
    if (!withPoints) continue;
    const points = shares.map((share, k) => share * meanPoints[k]);
    const sum = points.reduce((a, b) => a + b, 0);
    count(
      found.perLocalisation,
      result.perLocalisation,
      points.map((value) => value / sum),
    );
  }
  return {
    ...{ law, tracks, files: number, simulated: simulatedTracks },
    seconds: seconds / number,
    perParticle: summary(found.perParticle, classes),
    ...(withPoints && { perLocalisation: summary(found.perLocalisation, classes) }),
  };
}

const emptyCount = (K) =>
  Array.from({ length: K }, () => ({ held: 0, widths: [], error: 0, below: 0 }));

function count(found, shares, truth) {
  shares.forEach(({ share, interval: [low, high] }, k) => {
    const each = found[k];
    if (low <= truth[k] && truth[k] <= high) each.held++;
    if (truth[k] < low) each.below++;
    each.widths.push(high - low);
    each.error += share - truth[k];
  });
}

const summary = (found, classes) =>
  Object.fromEntries(
    found.map(({ held, widths, error, below }, k) => [
      classes[k],
      {
        coverage: held / widths.length,
        below: below / widths.length,
        width: widths.sort((a, b) => a - b)[widths.length >> 1],
        bias: error / widths.length,
      },
    ]),
  );

async function poolOf(name) {
  if (name === 'gaussian')
    return { pool: gaussianPool(CLASSES, 3 * perClass, 1), classes: CLASSES };
  await useBackend('wasm', { wide: true });
  const { model } = await openModel(values.model);
  const pool = await motionPool(model, perClass, 1, note);
  const { classes } = model.card.output;
  model.dispose();
  return { pool, classes };
}

if (!values.fill) {
  for (const name of values.only.split(',')) {
    if (name === 'unknown') {
      await unknownFiles(Math.min(UNKNOWN, ...files));
      continue;
    }
    const { pool, classes } = await poolOf(name);
    for (const { number, law, tracks } of cells()) {
      const key = `${name} ${law} ${tracks}`;
      if (results[key]?.files >= number) continue;
      const row = coverage(pool, classes, law, tracks, number);
      const short = JSON.parse(
        JSON.stringify(row, (_, value) =>
          typeof value === 'number' ? Number(value.toPrecision(4)) : value,
        ),
      );
      results[key] = { outcomes: name, ...short };
      if (!values.quick) keep(key);
      const shown = (of) =>
        Object.values(of)
          .map((each) => (100 * each.coverage).toFixed(1))
          .join(' ');
      note(
        `${name}, ${law}, ${tracks} tracks: ${shown(row.perParticle)} % per particle, ${shown(row.perLocalisation ?? {})} % per localisation; ${(1000 * row.seconds).toFixed(0)} ms`,
      );
    }
  }
}

/** Files of which nothing is known take seconds each. */
async function unknownFiles(number) {
  if (results.unknown?.all.files >= number) return;
  await useBackend('wasm', { wide: true });
  const { model } = await openModel(values.model);
  const rows = [];
  for (let i = 0; i < number; i++) {
    rows.push(await unknownSharesRow(model, i));
    const { coverage: held } = unknownSharesScores(rows).all.all;
    note(
      `file ${i + 1} of which nothing is known: ${(100 * held).toFixed(1)} % of all shares held`,
    );
  }
  model.dispose();
  results.unknown = unknownSharesScores(rows);
  if (!values.quick) keep('unknown');
}

/** Writes a row into the file, beside what another run has written there meanwhile. */
function keep(key) {
  const now = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  now[key] = results[key];
  writeFileSync(kept, `${JSON.stringify(now, null, 2)}\n`);
}

/** Kinds and sizes of files, and how many. */
function cells() {
  const sizes = values.tracks.split(',').map(Number);
  return files.flatMap((number) =>
    Object.keys(SHARES).flatMap((law) => sizes.map((tracks) => ({ number, law, tracks }))),
  );
}

/** A row per kind and size of files. */
function tableOf(outcomes, per) {
  const rows = Object.values(results).filter((row) => row.outcomes === outcomes);
  const classes = Object.keys(rows[0][per]);
  return markdown([
    ['shares', 'tracks', ...classes, 'files', 'seconds'],
    ...rows.map((row) => [
      row.law,
      row.tracks.toLocaleString('en'),
      ...classes.map((name) => {
        const { coverage: held, width } = row[per][name];
        return `${(100 * held).toFixed(1)} (${width.toFixed(width < 0.1 ? 3 : 2)})`;
      }),
      row.files.toLocaleString('en'),
      row.seconds.toFixed(2),
    ]),
  ]);
}

/** A row per size of files of which nothing is known. */
function unknownTable() {
  const rows = Object.entries(results.unknown);
  const classes = Object.keys(rows[0][1].classes);
  const cell = ({ coverage: held, width }) => `${(100 * held).toFixed(1)} (${width.toFixed(2)})`;
  return markdown([
    ['tracks', ...classes, 'all', 'files'],
    ...rows.map(([name, row]) => [
      name,
      ...classes.map((of) => cell(row.classes[of])),
      cell(row.all),
      row.files,
    ]),
  ]);
}

const tables = {};
if (results.unknown) tables.unknown = unknownTable();
for (const name of ['gaussian', 'motion']) {
  if (!Object.values(results).some((row) => row.outcomes === name)) continue;
  tables[`${name} per particle`] = tableOf(name, 'perParticle');
  if (name === 'motion') tables[`${name} per localisation`] = tableOf(name, 'perLocalisation');
}
if (values.fill)
  for (const [name, table] of Object.entries(tables)) fillPage(name, table, 'shares.md');
if (values.json) console.log(JSON.stringify(results, null, 2));
else for (const table of Object.values(tables)) console.log(`${table}\n`);
