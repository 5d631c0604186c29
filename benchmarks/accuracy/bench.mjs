// How right a model is: beside the AnDi challenge's winners and the likelihoods, beside the exact posterior, by length, Q,
// exposure and law, with its calibration and its prediction sets, and how often it is sure and wrong. docs/accuracy.md says what
// is measured and holds the results; report.mjs puts what --json prints into it.
//   pnpm bench accuracy [--motion MODEL] [--andi1 MODEL] [--andi2 MODEL] [--andi3 MODEL] [--only SECTION,…] [--quick] [--json]
// MODEL is the folder of a saved model or the name of one of @diffusion/weights. The sections: prior, exact, alarms,
// invariance, time and, where it is named, page, the same in Chromium (of --motion), and andi. With vectors of 256 bits: scripts/newest-node scripts/bench.mjs accuracy …
//   --tracks N           of the prior (240,000)
//   --per-bin N          beside the exact posterior, per length (5,000)
//   --lengths N,…        of them (10,20,30,50,100,200,500,1000)
//   --per-law N          of each law (4,000)
//   --andi-tracks N      by andi-datasets per task and dimension (10,000); 1,000 or less: the peer's reference alone
//   --andi-source peer|own  tracks of andi-datasets, or of this project's simulator (peer)
//   --likelihood-tracks N   for the FBM and SBM likelihoods, per dimension (500)
//   --seed S             (1)
//   --keep FILE          goes on where a run with this file was left: sections, and lengths beside the exact posterior
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { useBackend } from '@diffusion/backends';
import { keptIn } from './kept.mjs';
import { openModel } from './model.mjs';
import { alarms } from './sections/alarms.mjs';
import { andi } from './sections/andi.mjs';
import { exact } from './sections/exact.mjs';
import { invariance } from './sections/invariance.mjs';
import { page } from './sections/page.mjs';
import { prior } from './sections/prior.mjs';
import { time } from './sections/time.mjs';
import { tablesOf } from './tables.mjs';

const SECTIONS = ['prior', 'exact', 'alarms', 'invariance', 'time', 'page', 'andi'];
const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    ...{ motion: text, andi1: text, andi2: text, andi3: text },
    // Chromium is asked for by name.
    only: { ...text, default: SECTIONS.filter((name) => name !== 'page').join() },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    ...{ tracks: text, 'per-bin': text, lengths: text, 'per-law': text },
    ...{ 'andi-tracks': text, 'likelihood-tracks': text },
    'andi-source': { ...text, default: 'peer' },
    seed: { ...text, default: '1' },
    keep: text,
  },
});
const only = values.only.split(',');
const unknown = only.find((name) => !SECTIONS.includes(name));
if (unknown !== undefined) {
  throw new Error(`--only has ${unknown}: expected some of ${SECTIONS.join(', ')}`);
}
if (!(values.motion || values.andi1 || values.andi2 || values.andi3)) {
  throw new Error('no model: expected --motion, --andi1, --andi2 or --andi3');
}
/** The number of an option, or what is usual: first for all, then for a quick run. */
const size = (name, usual, quick) => {
  const given = values[name];
  const number = given === undefined ? (values.quick ? quick : usual) : Number(given);
  if (!(Number.isSafeInteger(number) && number > 0)) {
    throw new Error(`--${name} is ${given}: expected a whole number of at least 1`);
  }
  return number;
};
const seed = size('seed', 1, 1);
const tell = (line) => process.stderr.write(`${line}\n`);
const lengths = (values.lengths ?? (values.quick ? '10,50' : '10,20,30,50,100,200,500,1000'))
  .split(',')
  .map(Number);
if (!lengths.every((length) => Number.isSafeInteger(length) && length >= 2)) {
  throw new Error(`--lengths is ${values.lengths}: expected whole numbers of at least 2`);
}
const settings = {
  prior: { tracks: size('tracks', 240_000, 2000) },
  exact: {
    perBin: [size('per-bin', 5000, 300), Math.ceil(0.6 * size('per-bin', 5000, 300))],
    lengths,
  },
  alarms: { perLaw: size('per-law', 4000, 100) },
  invariance: { count: size('per-law', 4000, 300) },
  page: values.quick ? { rounds: 1, tracks: 100 } : { rounds: 3, tracks: 1000 },
  time: values.quick ? { rounds: 1, tracks: 100 } : { rounds: 3, tracks: 1000 },
  andi: {
    tracks: size('andi-tracks', 10_000, 1000),
    source: values['andi-source'],
    likelihoodTracks: size('likelihood-tracks', 500, 20),
  },
};
const run = { prior, exact, alarms, invariance };

// On in Node 22 and later: multiplies and adds in one instruction.
if (Number.parseInt(process.versions.node, 10) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
const { device } = await useBackend('wasm', { wide: true });
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const about = {
  date: new Date().toISOString().slice(0, 10),
  commit: git('rev-parse', '--short', 'HEAD'),
  node: process.versions.node,
  device,
  seed,
};
const results = { sections: {} };
const command = `pnpm bench accuracy ${process.argv
  .slice(2)
  .filter((part, i, all) => part !== '--json' && part !== '--keep' && all[i - 1] !== '--keep')
  .map((part) => (part.includes('/') ? basename(part) : part))
  .join(' ')}`;
const once = keptIn(values.keep);
/** Keeps a result with what it was made of. */
async function keep(name, opened, options, measure) {
  const made = { name, weights: opened.id, node: about.node, seed };
  results.sections[name] = await once({ ...made, ...options }, async () => {
    const begun = performance.now();
    const part = (key, make) => once({ ...made, ...key }, make);
    const result = await measure({ ...options, seed, tell, part });
    return {
      ...about,
      model: opened.name,
      weights: opened.id,
      command,
      seconds: Math.round((performance.now() - begun) / 1000),
      ...options,
      result,
    };
  });
}

if (values.motion) {
  const opened = await openModel(values.motion);
  for (const key of only) {
    if (key === 'andi') continue;
    await keep(key, opened, settings[key], (options) => {
      if (key === 'time') return time(values.motion, options);
      if (key === 'page') return page(values.motion, opened.model.card.domain.dim, options);
      return run[key](opened, options);
    });
  }
  opened.model.dispose();
}
if (only.includes('andi')) {
  for (const dim of [1, 2, 3]) {
    const given = values[`andi${dim}`];
    if (!given) continue;
    const opened = await openModel(given);
    const own = opened.model.card.domain.dim;
    if (own !== dim)
      throw new Error(`--andi${dim} is ${given}: expected a model of ${dim}D tracks, not ${own}D`);
    await keep(`andi${dim}`, opened, settings.andi, (options) => andi(opened, options));
    opened.model.dispose();
  }
}

if (values.json) process.stdout.write(`${JSON.stringify(results, jsonNumber, 1)}\n`);
else
  process.stdout.write(
    `${tablesOf(results)
      .map(({ text }) => text)
      .join('\n\n')}\n`,
  );

/** Six digits are plenty; JSON has no infinity and no NaN. */
function jsonNumber(_, value) {
  if (typeof value !== 'number') return value;
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
