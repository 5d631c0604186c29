// Where the motion changes, by several methods on experiments of the second AnDi challenge, in one run: scored by the challenge's
// own program, and frame by frame beside.
//   pnpm bench segmentation [--json] [--data FOLDER] [--model FOLDER] [--fields N] [--python FOLDER] [--only alarms,times]
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
import { readExperiments, writeAnswers } from './experiments.mjs';
import { drawn, SETTINGS } from './false-alarms.mjs';
import * as methods from './methods.mjs';
import { tablesOf } from './tables.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string' },
    model: { type: 'string' },
    fields: { type: 'string' },
    python: { type: 'string', default: join(tmpdir(), 'diffusion-segmentation') },
    only: { type: 'string', default: 'experiments,alarms,times' },
    alarms: { type: 'string', default: '200' },
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

const peer = only.includes('experiments') ? peers() : undefined;
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
  if (values.model) contestants.push(await methods.network(values.model));
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

/** Share of tracks without a change in which one is found. */
function falseAlarms() {
  const count = Number(values.alarms);
  return SETTINGS.map((setting) => {
    note(`false alarms: ${JSON.stringify(setting)}`);
    const tracks = drawn(setting, count);
    const options = { sigma: 1 / setting.q, exposure: setting.exposure };
    const share = (segment) =>
      Array.from(tracks, (track) => segment(track).length > 1).filter(Boolean).length / count;
    return {
      ...setting,
      tracks: count,
      changes: share(segmentByChanges(options)),
      markov: share(segmentByMarkov(tracks, options).segment),
    };
  });
}

/** Seconds of one thread for 1,000 tracks of 200 points, the less of three rounds in turn. */
function times() {
  const tracks = andi2({ model: 'multi-state', count: 20, seed: 5, fields: 0 }).generate();
  const options = { sigma: methods.SIGMA };
  const seconds = { changes: Infinity, markov: Infinity };
  const timed = (name, work) => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    seconds[name] = Math.min(seconds[name], (user + system) / 1e6);
  };
  for (let round = 0; round < 3; round++) {
    note(`times, round ${round + 1}`);
    timed('changes', () => Array.from(tracks, segmentByChanges(options)));
    timed('markov', () => Array.from(tracks, segmentByMarkov(tracks, options).segment));
  }
  return seconds;
}

const results = {};
if (only.includes('experiments')) results.experiments = await experimentsScored();
if (only.includes('alarms')) results.falseAlarms = falseAlarms();
if (only.includes('times')) results.seconds = times();
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
else for (const { text } of tablesOf(results)) process.stdout.write(`${text}\n\n`);
