import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { estimateFbm } from '@diffusion/features';
import { deriveSeed } from '@diffusion/random';
import { andi2020 } from '@diffusion/simulate';
import { columnValue, joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import { readAndiSet } from '../../peers/andi-set.mjs';
import { codesOf, withoutDomain } from '../model.mjs';
import { sbmExponent } from '../sbm-likelihood.mjs';
import { mean, meanAndInterval, meanAndMargin } from '../statistics.mjs';

/** F1 (micro) of task 2 and MAE of task 1 in 1D, 2D and 3D (Li et al. 2021, WADNet). */
const WADNET = { f1: [0.8808, 0.9095, 0.9454], mae: [0.15069, 0.132, 0.11211] };
const LENGTHS = [10, 20, 50, 100, 200, 500, 1000];
const MODELS = ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'];
const reference = join(import.meta.dirname, '../../../../shared/reference/andi');

/** Micro F1 of the models, MAE of the exponents, every track judged, beside WADNet and the likelihoods of FBM and SBM. */
export async function andi({ model }, { tracks: count, source, likelihoodTracks, seed, tell }) {
  const { dim } = model.card.domain;
  const all = withoutDomain(model);
  const { classes } = model.card.output;
  const [exponents, models] = await Promise.all(
    [1, 2].map((task) => setOf(task, dim, { count, source, seed, tell })),
  );

  const { probabilities } = await all.predict(models.tracks);
  const right = codesOf(models.tracks.trackColumns.label, classes);
  const hits = Array.from(right, (code, i) => {
    const row = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
    return row.indexOf(Math.max(...row)) === code ? 1 : 0;
  });
  tell(`andi: ${dim}D, ${hits.length} tracks of task 2`);
  const { values } = await all.predict(exponents.tracks);
  const { alpha, label } = exponents.tracks.trackColumns;
  const errors = Array.from(values, (value, i) => Math.abs(value - alpha[i]));
  tell(`andi: ${dim}D, ${errors.length} tracks of task 1`);

  const length = (tracks, i) => tracks.lengthOf(i);
  const binned = (tracks, numbers) =>
    LENGTHS.slice(1).map((to, k) => {
      const own = numbers.filter(
        (_, i) => length(tracks, i) >= LENGTHS[k] && length(tracks, i) < to,
      );
      return { ...meanAndMargin(own), count: own.length };
    });
  const scores = (numbers, from) => ({
    ...meanAndInterval(numbers, seed),
    count: numbers.length,
    ...(from.first > 0 && { ofReference: mean(numbers.slice(0, from.first)) }),
  });
  const some = [...Array(Math.min(likelihoodTracks, errors.length)).keys()].map((k) =>
    Math.floor((k * errors.length) / Math.min(likelihoodTracks, errors.length)),
  );
  const likelihoods = some.map((i, k) => {
    if (k % 50 === 0) tell(`andi: ${dim}D, likelihoods of ${k} of ${some.length} tracks`);
    return likelihoodsOf(exponents.tracks.at(i));
  });
  return {
    dim,
    source: models.source,
    f1: { ...scores(hits, models), wadnet: WADNET.f1[dim - 1] },
    mae: { ...scores(errors, exponents), wadnet: WADNET.mae[dim - 1] },
    length: {
      edges: LENGTHS,
      f1: binned(models.tracks, hits),
      mae: binned(exponents.tracks, errors),
    },
    models: [...MODELS, 'all'].map((name) => {
      const own = some
        .map((i, k) => ({ i, k }))
        .filter(({ i }) => name === 'all' || columnValue(label, i) === name);
      const error = (pick) => mean(own.map(pick));
      const every = errors.filter((_, i) => name === 'all' || columnValue(label, i) === name);
      return {
        name,
        count: every.length,
        mae: mean(every),
        sample: own.length,
        network: error(({ i }) => errors[i]),
        fbm: error(({ i, k }) => Math.abs(likelihoods[k].fbm - alpha[i])),
        sbm: error(({ i, k }) => Math.abs(likelihoods[k].sbm - alpha[i])),
      };
    }),
    recall: MODELS.map((name) => {
      const own = hits.filter((_, i) => columnValue(models.tracks.trackColumns.label, i) === name);
      return { name, count: own.length, recall: mean(own) };
    }),
  };
}

/** The exponents that the two likelihoods give, the mean over the coordinates: each has an error and an amplitude of its own. */
function likelihoodsOf({ positions, length, dim }) {
  const found = { fbm: 0, sbm: 0 };
  for (let d = 0; d < dim; d++) {
    const x = Float64Array.from({ length }, (_, k) => positions[k * dim + d]);
    const track = new Tracks({ positions: x, offsets: [0, length], dim: 1 }).at(0);
    const { alpha } = estimateFbm(track, { noiseVariance: 'estimate' });
    found.fbm += (Number.isFinite(alpha.value) ? alpha.value : 1) / dim;
    found.sbm += sbmExponent(x) / dim;
  }
  return found;
}

/**
 * Tracks of a task: those of the peer package that lie beside the project, and more of the kind, made by andi-datasets;
 * where neither is there, those of this project's simulator, which is said.
 */
async function setOf(task, dim, { count, source, seed, tell }) {
  const peer = source === 'peer';
  const folders = peer && existsSync(reference) ? [reference] : [];
  const more = peer && count > 1000 ? morePeers(count, tell) : undefined;
  if (more) folders.push(more);
  if (folders.length === 0) {
    const own = andi2020({ task, dim, count, seed: deriveSeed(seed, 'test', task) }).generate();
    return { tracks: own, first: 0, source: "this project's simulator" };
  }
  const sets = await Promise.all(folders.map((folder) => readAndiSet(folder, task, dim)));
  let tracks = sets.length === 1 ? sets[0] : joinTracks(sets);
  if (tracks.count > count && !more) {
    tracks = selectTracks(
      tracks,
      Uint32Array.from({ length: count }, (_, i) => i),
    );
  }
  const first = folders[0] === reference ? Math.min(sets[0].count, tracks.count) : 0;
  return { tracks, first, source: more ? 'andi-datasets' : 'andi-datasets, the reference alone' };
}

/** A folder of tracks made by andi-datasets, or undefined where its virtual environment is not there. */
function morePeers(count, tell) {
  const python = join(
    process.env.DIFFUSION_ANDI ?? join(homedir(), '.cache/diffusion-bench/venv'),
    'bin/python',
  );
  const folder = join(homedir(), `.cache/diffusion-bench/andi2020-summed-${count}`);
  if (existsSync(join(folder, 'meta2_3d.csv.gz'))) return folder;
  if (!existsSync(python)) {
    tell('andi: andi-datasets is not there: benchmarks/simulate/setup.sh installs it');
    return undefined;
  }
  tell(`andi: ${count} tracks per task and dimension by andi-datasets, some minutes`);
  const script = join(import.meta.dirname, '../andi_tracks.py');
  execFileSync(python, [script, folder, String(count), '1'], { stdio: ['ignore', 2, 2] });
  return folder;
}
