// How often the 95 % intervals of `motionEstimates` hold the truth, how wide they are, and its errors against those of the
// exact posterior mean, in cells of (points, Q, exposure, missing frames): all tracks of a cell count. α is uniform on 0.05 to
// 1.95 and ln Q uniform in a bin of half a decade around the Q that names it. Results are kept in docs/estimates-coverage.json,
// cell by cell, so that a long run can be made in pieces.
//   pnpm bench coverage [--quick] [--json] [--tracks N] [--points 10,30] [--missing 0,0.2] [--again] [--unknown]
//   pnpm bench coverage --errors [--tracks N] [--points 10,30]  errors against the exact posterior mean (needs setup.sh's Python)
//   pnpm bench coverage --confined [--tracks N] [--points 30,100,300]  in harmonic wells and in discs
//   pnpm bench coverage --peers       trackpy, numpy and saspt (needs setup.sh's Python)
//   pnpm bench coverage --fill        writes the tables of docs/estimates.md from what is kept
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { motionEstimates } from '@diffusion/features';
import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { fillPage } from '../backends/fill-page.mjs';
import { judgedConfined } from './confined.mjs';
import { exactMeans } from './exact-means.mjs';
import { drawTrack } from './law.mjs';
import { peers } from './peers.mjs';
import { confinedTable, coverageTables, errorTable, peersTable } from './tables.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    tracks: { type: 'string' },
    points: { type: 'string', default: '10,30,100,300,1000' },
    missing: { type: 'string', default: '0,0.2' },
    again: { type: 'boolean', default: false },
    unknown: { type: 'boolean', default: false },
    confined: { type: 'boolean', default: false },
    errors: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    fill: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
  },
});
const kept = new URL('../../docs/estimates-coverage.json', import.meta.url);
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
const note = (text) => process.stderr.write(`bench coverage: ${text}\n`);
const qs = [0.1, 0.3, 1, 3, 10];
const list = (text) => text.split(',').map(Number);
const [least, most] = [0.05, 1.95];

/** The tracks of a cell, and what they were drawn from. */
function cellOf({ points, q, exposure, missing }, count) {
  const seed = 1000 * points + 100 * qs.indexOf(q) + 10 * exposure + Math.round(10 * missing);
  const truths = Array.from({ length: count }, (_, i) => {
    const random = keyedRandom(seed, 'own:truth', i);
    const alpha = least + (most - least) * random.uniform();
    return { alpha, q: q * 10 ** ((random.uniform() - 0.5) / 2), exposure };
  });
  const drawn = truths.map((truth, i) => drawTrack(truth, points, missing, seed, i));
  const tracks = new Tracks({
    positions: Float64Array.from(drawn.flatMap(({ positions }) => positions)),
    frames: Int32Array.from(drawn.flatMap(({ frames }) => frames)),
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * points),
    dim: 2,
  });
  return { truths, drawn, tracks };
}

const median = (sorted) => sorted[sorted.length >> 1];

/** Share of the intervals that hold the truth and of those that end with the range, and the median width of the others. */
function judged(estimates, truths, take) {
  let held = 0;
  let open = 0;
  const widths = [];
  estimates.forEach((estimate, i) => {
    const { value, truth, width, ends } = take(estimate, truths[i]);
    const [low, high] = value.interval;
    if (low <= truth && truth <= high) held++;
    if (ends(low, high)) open++;
    widths.push(width(low, high));
  });
  const number = estimates.length;
  return {
    coverage: held / number,
    open: open / number,
    // Infinite where half of the intervals and more have no lower end.
    width: finite(median(widths.sort((a, b) => a - b))),
  };
}
const finite = (x) => (Number.isFinite(x) ? x : null);

const quantities = {
  D: ({ diffusion }, _) => ({
    value: diffusion,
    truth: 0.5,
    width: (low, high) => Math.log(high / low),
    ends: (low) => low === 0,
  }),
  alpha: ({ alpha }, truth) => ({
    value: alpha,
    truth: truth.alpha,
    width: (low, high) => high - low,
    ends: (low, high) => low === least || high === most,
  }),
  sigma: ({ sigma }, truth) => ({
    value: sigma,
    truth: 1 / truth.q,
    width: (low, high) => Math.log(high / low),
    ends: (low) => low === 0,
  }),
};

/** How many tracks of a cell are asked for: fewer where one takes seconds. */
function wanted(points, missing) {
  if (values.tracks) return Number(values.tracks);
  if (values.quick) return points > 100 ? 20 : missing > 0 && points > 30 ? 50 : 200;
  return missing > 0 && points > 300 ? 200 : 2000;
}

function runCoverage() {
  const exposures = [0, 1];
  for (const points of list(values.points)) {
    for (const missing of list(values.missing)) {
      for (const exposure of exposures) {
        for (const q of qs) {
          const cell = { points, q, exposure, missing, known: !values.unknown };
          const key = Object.values(cell).join(' ');
          const count = wanted(points, missing);
          if (!values.again && results.cells?.[key]?.tracks >= count) continue;
          const { tracks, truths } = cellOf(cell, count);
          const began = process.cpuUsage();
          const estimates = motionEstimates(tracks, values.unknown ? {} : { exposure });
          const ms = process.cpuUsage(began).user / 1000 / count;
          const of = Object.keys(quantities).filter(
            (name) => !(values.unknown && name === 'sigma'),
          );
          const row = { ...cell, tracks: count, ms: Number(ms.toPrecision(3)) };
          for (const name of of) row[name] = judged(estimates, truths, quantities[name]);
          results.cells = { ...results.cells, [key]: row };
          if (!values.quick) keep('cells', key, row);
          const share = (name) => `${name} ${(100 * row[name].coverage).toFixed(1)} %`;
          note(
            `N ${points}, Q ${q}, exposure ${exposure}, missing ${missing}: ${of.map(share).join(', ')}; ${row.ms} ms`,
          );
        }
      }
    }
  }
}

function runErrors() {
  for (const points of list(values.points).filter((n) => n <= 100)) {
    for (const missing of list(values.missing)) {
      // Each track with gaps has a grid of factors of its own.
      if (missing > 0 && points > 10) continue;
      for (const exposure of [0, 1]) {
        for (const q of qs) {
          const cell = { points, q, exposure, missing };
          const key = Object.values(cell).join(' ');
          const count = Number(values.tracks ?? (missing > 0 ? 40 : 1000));
          if (!values.again && results.errors?.[key]?.tracks >= count) continue;
          const { tracks, truths, drawn } = cellOf(cell, count);
          const ours = motionEstimates(tracks, { exposure }).map((e) => [
            Math.log(e.diffusion.value),
            Math.log(e.sigma.value),
            e.alpha.value,
          ]);
          const exact = exactMeans({ exposure, missing, tracks: drawn }, values.python);
          const row = { ...cell, tracks: count };
          ['D', 'sigma', 'alpha'].forEach((name, k) => {
            const truth = truths.map(
              ({ q: of, alpha }) => [Math.log(0.5), -Math.log(of), alpha][k],
            );
            const rms = (found) =>
              Math.sqrt(found.reduce((sum, f, i) => sum + (f[k] - truth[i]) ** 2, 0) / count);
            row[name] = { ours: rms(ours), exact: rms(exact) };
          });
          results.errors = { ...results.errors, [key]: row };
          if (!values.quick) keep('errors', key, row);
          const ratio = (name) => `${name} ${(row[name].ours / row[name].exact).toFixed(4)}`;
          note(
            `N ${points}, Q ${q}, exposure ${exposure}, missing ${missing}: ${['D', 'sigma', 'alpha'].map(ratio).join(', ')}`,
          );
        }
      }
    }
  }
}

function runConfined() {
  const exposures = [0, 1];
  for (const points of list(values.points).filter((n) => n >= 30 && n <= 300)) {
    for (const exposure of exposures) {
      for (const q of qs.filter((each) => each >= 0.3)) {
        for (const inside of ['well', 'disc']) {
          const cell = { inside, points, q, exposure };
          const key = Object.values(cell).join(' ');
          const count = Number(values.tracks ?? (values.quick ? 20 : 400));
          if (!values.again && results.confined?.[key]?.tracks >= count) continue;
          const row = { ...cell, tracks: count, ...judgedConfined(cell, count) };
          results.confined = { ...results.confined, [key]: row };
          if (!values.quick) keep('confined', key, row);
          const share = (name) => `${name} ${(100 * row[name].coverage).toFixed(1)} %`;
          note(
            `${inside}, N ${points}, Q ${q}, exposure ${exposure}: ${share('D')}, ${share('radius')}`,
          );
        }
      }
    }
  }
}

/** Writes what was found into the file, beside what another run has written there meanwhile. */
function keep(part, key, row) {
  const now = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  now[part] = { ...now[part], [key]: row };
  writeFileSync(kept, `${JSON.stringify(now, null, 2)}\n`);
}

if (values.peers) {
  results.peers = await peers(values.python);
  for (const [name, row] of Object.entries(results.peers)) keep('peers', name, row);
} else if (values.errors) runErrors();
else if (values.confined) runConfined();
else if (!values.fill) runCoverage();

const tables = {
  ...(results.cells && coverageTables(Object.values(results.cells))),
  ...(results.confined && { confined: confinedTable(Object.values(results.confined)) }),
  ...(results.errors && { errors: errorTable(Object.values(results.errors)) }),
  ...(results.peers && { peers: peersTable(results.peers) }),
};
if (values.fill) {
  for (const [name, text] of Object.entries(tables)) fillPage(name, text, 'estimates.md');
}
if (values.json) console.log(JSON.stringify(results, null, 2));
else for (const text of Object.values(tables)) console.log(`${text}\n`);
