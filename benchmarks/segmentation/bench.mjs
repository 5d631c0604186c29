// Where the motion changes, by several methods on experiments of the second AnDi challenge, in one run: scored by the challenge's
// own program, and frame by frame beside.
//   pnpm bench segmentation [--json] [--data FOLDER] [--model FOLDER] [--fields N] [--python FOLDER] [--only alarms,times]
//     [--change-model FOLDER] [--alarms N] [--changes N] [--general FOLDER]… [--tracks N]
// Data: FOLDER with track_2/exp_k; else the nine experiments of ../shared/reference/andi2, else ten that the peer draws. The
// Python environment is made by setup.sh where there is none; without Python the equal metrics of @diffusion/eval score alone, and
// ruptures is left out.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { experimentsMean, frameMetrics, segmentationMetrics } from '@diffusion/eval';
import { segmentByChanges, segmentByMarkov } from '@diffusion/features';
import { andi2 } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import { readExperiments, writeAnswers } from './experiments.mjs';
import { drawn, SETTINGS } from './false-alarms.mjs';
import { generalAlarms, generalFigures } from './general.mjs';
import { intervalsHold } from './intervals.mjs';
import * as methods from './methods.mjs';
import { oneChange } from './one-change.mjs';
import { tablesOf } from './tables.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string' },
    model: { type: 'string' },
    fields: { type: 'string' },
    python: { type: 'string', default: join(tmpdir(), 'diffusion-segmentation') },
    'change-model': { type: 'string' },
    only: { type: 'string', default: 'experiments,intervals,alarms,times,change,general' },
    alarms: { type: 'string', default: '200' },
    changes: { type: 'string', default: '2000' },
    general: { type: 'string', multiple: true, default: [] },
    tracks: { type: 'string', default: '200' },
  },
});
const note = (text) => process.stderr.write(`bench segmentation: ${text}\n`);
const here = import.meta.dirname;
const only = values.only.split(',');
const shared = join(here, '../../../shared/reference/andi2/track_2.tar.xz');
const work = mkdtempSync(join(tmpdir(), 'diffusion-bench-segmentation-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

/** The interpreter and what it has; undefined, with the reason said, where it cannot be had. */
function peers() {
  try {
    const versions = execFileSync(join(here, 'setup.sh'), [values.python], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { python: join(values.python, 'bin/python'), versions: versions.trim() };
  } catch (error) {
    const why = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .at(-1);
    note(
      `no Python with andi-datasets and ruptures (${why}): our equal metrics score, no ruptures`,
    );
    return undefined;
  }
}

const network = values.model && (await methods.network(values.model));
const peer = only.some((part) => part === 'experiments' || part === 'change') ? peers() : undefined;
const run = (script, ...args) =>
  execFileSync(peer.python, [join(here, script), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** The folder of what is scored; fewer fields of each experiment where asked. */
function dataFolder() {
  if (values.data) return limited(values.data);
  const folder = join(work, 'data');
  if (existsSync(folder)) return limited(folder);
  mkdirSync(folder);
  if (existsSync(shared)) execFileSync('tar', ['-C', folder, '-xJf', shared]);
  else if (peer) run('draw.py', folder, values.fields ?? '4', '1');
  else
    throw new Error(
      'no data: give --data FOLDER, or a Python that andi-datasets can be installed to',
    );
  return limited(folder);
}

function limited(folder) {
  if (values.fields === undefined) return folder;
  const into = join(work, 'limited');
  if (existsSync(into)) return into;
  cpSync(folder, into, { recursive: true });
  for (const path of readdirSync(into, { recursive: true, encoding: 'utf8' })) {
    const [, field] = /_fov_(\d+)\./.exec(path) ?? [];
    if (field !== undefined && Number(field) >= Number(values.fields)) rmSync(join(into, path));
  }
  return into;
}

async function experimentsScored() {
  const folder = dataFolder();
  const experiments = await readExperiments(folder);
  const contestants = [methods.none];
  let choice;
  if (peer) {
    note('choosing the kernel and the penalty of ruptures on another draw');
    const tune = join(work, 'tune');
    run('draw.py', tune, '2', '7');
    choice = JSON.parse(run('ruptures_changes.py', 'choose', tune, '60'));
    contestants.push(methods.ruptures(peer.python, folder, choice));
  }
  contestants.push(methods.markov, methods.changes);
  if (network) contestants.push(network, network.alone);
  contestants.push(methods.trueChanges, methods.reference);
  const rows = [];
  for (const method of contestants) {
    const into = join(work, method.name.replaceAll(/\W+/g, '-'));
    const ours = [];
    for (const experiment of experiments) {
      note(`${method.name}, experiment ${experiment.number}`);
      const predicted = await method.segments(experiment);
      writeAnswers(into, experiment, predicted);
      const both = { actual: experiment.truth, predicted };
      ours.push({ scored: segmentationMetrics(both), frames: frameMetrics(both) });
    }
    rows.push({ name: method.name, classical: method.classical ?? false, into, ours });
  }
  const official = peer && JSON.parse(run('official.py', folder, ...rows.map(({ into }) => into)));
  return {
    experiments: experiments.map(({ number, tracks, truth }) => ({
      number,
      tracks: tracks.count,
      changes: truth.reduce((sum, segments) => sum + segments.length - 1, 0),
    })),
    scoredBy: peer?.versions ?? null,
    ruptures: choice ?? null,
    methods: rows.map(({ name, classical, into, ours }) => {
      const scored = ours.map((one) => one.scored);
      const all = [...scored, experimentsMean(scored)];
      if (official) agree(name, all, official[into]);
      return {
        name,
        classical,
        experiments: scored,
        mean: all.at(-1),
        frames: ours.map(({ frames }) => frames),
      };
    }),
  };
}

/** The program read our folders, and says what we say but for the rounding of what was written. */
function agree(name, ours, theirs) {
  for (const [e, one] of theirs.entries()) {
    for (const [metric, value] of Object.entries(one)) {
      if (Math.abs(value - ours[e][metric]) < 1e-5) continue;
      throw new Error(`${name}: the program says ${metric} ${value} and we ${ours[e][metric]}`);
    }
  }
}

/** How often the network's intervals hold, by experiment. */
async function intervals() {
  const rows = [];
  for (const experiment of await readExperiments(dataFolder())) {
    note(`intervals, experiment ${experiment.number}`);
    const segments = await network.segments(experiment);
    rows.push({ number: experiment.number, ...intervalsHold(experiment.truth, segments) });
  }
  return rows;
}

/** Share of tracks without a change in which one is found; of the network's those that it judges. */
async function falseAlarms() {
  const count = Number(values.alarms);
  const rows = [];
  for (const setting of SETTINGS) {
    note(`false alarms: ${JSON.stringify(setting)}`);
    const tracks = drawn(setting, count);
    const options = { sigma: 1 / setting.q, exposure: setting.exposure };
    const share = (segmented) => segmented.filter((own) => own.length > 1).length / count;
    const each = (segment) => share(Array.from(tracks, segment));
    const row = {
      ...setting,
      tracks: count,
      changes: each(segmentByChanges(options)),
      markov: each(segmentByMarkov(tracks, options).segment),
    };
    if (network) {
      // In the unit that the network knows: its localisation error is that of the setting.
      const scaled = scaledTracks(tracks, methods.SIGMA / options.sigma);
      const how = { exposure: setting.exposure };
      const judged = (segmented) =>
        segmented.every((own) => own.length > 0) ? share(segmented) : null;
      row.network = judged(await network.segments({ tracks: scaled }, how));
      const single = [];
      for (let i = 0; i < count; i++) {
        const [own] = await network.segments({ tracks: selectTracks(scaled, [i]) }, how);
        single.push(own);
      }
      row.networkSingle = judged(single);
    }
    rows.push(row);
  }
  return rows;
}

const scaledTracks = (tracks, factor) =>
  new Tracks({ ...tracks.data, positions: tracks.positions.map((x) => factor * x) });

/** Seconds of one thread for 1,000 tracks of 200 points, the less of three rounds in turn. */
async function times() {
  const tracks = andi2({ model: 'multi-state', count: 20, seed: 5, fields: 0 }).generate();
  const options = { sigma: methods.SIGMA };
  const seconds = { changes: Infinity, markov: Infinity, ...(network && { network: Infinity }) };
  const timed = async (name, work) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    seconds[name] = Math.min(seconds[name], (user + system) / 1e6);
  };
  for (let round = 0; round < 3; round++) {
    note(`times, round ${round + 1}`);
    await timed('changes', () => Array.from(tracks, segmentByChanges(options)));
    await timed('markov', () => Array.from(tracks, segmentByMarkov(tracks, options).segment));
    if (network) await timed('network', () => network.segments({ tracks }));
  }
  return seconds;
}

/** The figures of one change of the model, by ruptures and a network. */
async function oneChangeFigures() {
  const { loadTrackModel } = await import('@diffusion/models/node');
  const { useBackend } = await import('@diffusion/backends');
  await useBackend('wasm', { wide: true });
  const folder = values['change-model'];
  return oneChange({
    model: folder && (await loadTrackModel(folder)),
    python: peer?.python,
    work,
    count: Number(values.changes),
    note,
  });
}

/** The networks of --general by the dimension of their tracks. */
async function generalModels() {
  const { loadTrackModel } = await import('@diffusion/models/node');
  const { useBackend } = await import('@diffusion/backends');
  await useBackend('wasm', { wide: true });
  const loaded = await Promise.all(values.general.map((folder) => loadTrackModel(folder)));
  return Object.fromEntries(loaded.map((model) => [model.card.domain.dim, model]));
}

const general = values.general.length > 0 && {
  models: await generalModels(),
  count: Number(values.tracks),
  note,
};
const results = {};
if (only.includes('experiments')) results.experiments = await experimentsScored();
if (network && only.includes('intervals')) results.intervals = await intervals();
if (only.includes('alarms')) results.falseAlarms = await falseAlarms();
if (only.includes('times')) results.seconds = await times();
if (only.includes('change')) results.oneChange = await oneChangeFigures();
if (general && only.includes('general')) {
  results.general = await generalFigures(general);
  results.generalAlarms = await generalAlarms(general);
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
else for (const { text } of tablesOf(results)) process.stdout.write(`${text}\n\n`);
