// Hashes of what every model and data set gives for fixed seeds. Runs in any engine; started as a program it prints them:
//   node benchmarks/simulate/frozen-streams.mjs > benchmarks/simulate/frozen-streams.json

import {
  deriveSeed,
  keyedRandom,
  permutation,
  randomExponential,
  randomGeometric,
  randomIndex,
  randomInteger,
  randomLogUniform,
  randomNormal,
  randomPareto,
  randomTruncatedNormal,
} from '@diffusion/random';
import { dataSet, liposomes, measure, parallelBatches, simulate } from '@diffusion/simulate';

/** 64 bits of the bytes of an array (two lanes of FNV-1a over 32-bit words). */
function hash(array) {
  const bytes = array.slice().buffer;
  const words = new Uint32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const word of words) {
    a = Math.imul(a ^ word, 16777619);
    b = Math.imul(b ^ ((word >>> 16) | (word << 16)), 2246822519);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** One hash of positions, frames and every numeric column. */
function hashTracks(tracks) {
  const arrays = [tracks.positions, tracks.offsets];
  if (tracks.frames) arrays.push(tracks.frames);
  for (const columns of [tracks.trackColumns, tracks.pointColumns]) {
    for (const column of Object.values(columns)) arrays.push(column.codes ?? column);
  }
  return arrays.map(hash).join('-');
}

const MODELS = {
  immobile: {},
  brownian: { D: 0.3 },
  directed: { R: 4 },
  confined: { B: 3, start: 'uniform' },
  fbm: { alpha: { min: 0.05, max: 1.95 } },
  ctrw: { alpha: [0.3, 0.7, 1] },
  'levy-walk': { alpha: [1, 1.4, 2] },
  attm: { alpha: [0.1, 0.6, 1] },
  sbm: { alpha: { min: 0.05, max: 2 } },
};

const MEASUREMENTS = {
  sigma: { sigma: { min: 0.1, max: 1 } },
  snr: { snr: 4, noisePer: 'coordinate' },
  q: { q: 3 },
  blur: { blur: { exposure: 0.5, substeps: 8 } },
  missed: { missed: 0.2, blinking: { meanOn: 10, meanOff: 2 } },
  field: { fieldOfView: { size: 8, minPoints: 4 }, sigma: 0.1 },
  radius: { sigma: 0.1, searchRadius: { radius: 2, minPoints: 4 } },
};

/** Every hash, by name. */
export async function frozenStreams() {
  const hashes = {};
  const random = keyedRandom(-1, 2, 3);
  const normals = new Float64Array(100_000);
  random.fillNormal(normals);
  hashes['random/normal'] = hash(normals);
  hashes['random/exponential'] = hash(normals.map(() => random.exponential()));
  hashes['random/uniform'] = hash(normals.map(() => random.uniform()));
  const place = permutation(1e7, 5);
  hashes['random/permutation'] = hash(normals.map((_, i) => place(i)));
  hashes['random/seeds'] = hash(normals.map((_, i) => deriveSeed(i, 'fold', i % 7, 'test')));
  const augmentation = keyedRandom(5, 'augmentation', 3);
  hashes['random/purpose'] = hash(normals.map(() => augmentation.uniform()));
  // Laws from uniform numbers alone, in place of the generator's own.
  const plain = { uniform: () => augmentation.uniform() };
  const drawn = {
    normal: () => randomNormal(plain, 1, 3),
    'truncated normal': () => randomTruncatedNormal(plain, 0, 1, -1, 2),
    exponential: () => randomExponential(plain, 20),
    pareto: () => randomPareto(plain, 0.7),
    'log-uniform': () => randomLogUniform(plain, 10, 1000),
    geometric: () => randomGeometric(plain, 0.05),
    integer: () => randomInteger(plain, -5, 5),
    index: () => randomIndex(plain, [1, 0, 2.5]),
  };
  for (const [law, draw] of Object.entries(drawn)) {
    hashes[`law/${law}`] = hash(normals.map(draw));
  }
  for (const [model, parameters] of Object.entries(MODELS)) {
    for (const dim of [1, 2, 3]) {
      const options = { model, count: 40, length: { min: 1, max: 200 }, dim, seed: dim };
      hashes[`${model}/${dim}d`] = hashTracks(simulate({ ...options, ...parameters }));
    }
  }
  for (const [name, measured] of Object.entries(MEASUREMENTS)) {
    const options = { model: 'fbm', count: 40, length: 100, dim: 2, seed: 7, alpha: 0.6 };
    hashes[`measurement/${name}`] = hashTracks(simulate({ ...options, ...measured }));
  }
  const sets = { gajowczyk2021: { preset: 'gajowczyk2021', count: 60, seed: 1 } };
  for (const task of [1, 2, 3]) {
    for (const dim of [1, 2, 3]) {
      const name = `andi2020/task${task}/${dim}d`;
      sets[name] = { preset: 'andi2020', task, dim, count: 60, seed: task };
    }
  }
  for (const model of [
    'single-state',
    'multi-state',
    'immobile-traps',
    'dimerization',
    'confinement',
  ]) {
    sets[`andi2/${model}`] = { preset: 'andi2', model, count: 2, seed: 3 };
  }
  for (const dim of [1, 2, 3]) {
    sets[`motion/${dim}d`] = { preset: 'motion', dim, count: 60, seed: dim };
  }
  const motion = { preset: 'motion', dim: 2, count: 30, seed: 9 };
  const length = { min: 10, max: 50 };
  sets['motion/ranges'] = { ...motion, length, ranges: { q: { max: 1 }, exposure: 1 } };
  sets['motion/other'] = { ...motion, length, classes: ['other'], ranges: { gaps: 0 } };
  for (const [name, specification] of Object.entries(sets)) {
    hashes[name] = hashTracks(dataSet(specification).generate());
  }
  const walk = simulate({ model: 'brownian', count: 40, length: 50, dim: 2, seed: 1 });
  const noise = { sigma: 0.3, axes: [1, 2], variation: 0.4 };
  hashes['measurement/variation'] = hashTracks(measure(walk, { noise, seed: 1 }));
  for (const problem of ['lamellarity', 'encapsulation']) {
    const { pixels, masks } = liposomes({ problem, count: 20, seed: 4 }).generate();
    hashes[`liposomes/${problem}`] = `${hash(pixels)}-${hash(masks)}`;
  }
  for await (const tracks of parallelBatches(dataSet(sets.gajowczyk2021), {
    size: 60,
    workers: 1,
  })) {
    hashes['gajowczyk2021/worker'] = hashTracks(tracks);
  }
  return hashes;
}

if (globalThis.process?.argv[1]?.endsWith('frozen-streams.mjs')) {
  process.stdout.write(`${JSON.stringify(await frozenStreams(), null, 2)}\n`);
}
