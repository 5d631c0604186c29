// The exact likelihood beside an xresnet on the same unseen tracks of gajowczyk2021, restricted to the classes that the
// likelihood handles: accuracy and log loss of both. The network sees new tracks in every epoch; --epochs 0 leaves it out.
// Of ND, DM and FBM follows the ceiling of all four classes, if confined motion were never missed nor seen elsewhere.
//   pnpm bench ceiling [--json] [--classes ND,DM[,FBM]] [--filters N] [--epochs N] [--tracks N]
// With vectors of 256 bits: scripts/newest-node scripts/bench.mjs ceiling …
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { likelihoodModel } from '@diffusion/models/classical';
import { deriveSeed } from '@diffusion/random';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks } from '@diffusion/tracks';
import { fit, noAugmentation } from '@diffusion/train';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    classes: { type: 'string', default: 'ND,DM' },
    filters: { type: 'string', default: '16' },
    epochs: { type: 'string', default: '10' },
    tracks: { type: 'string', default: '4000' },
  },
});
const models = { ND: 'brownian', DM: 'directed', FBM: 'fbm' };
const classes = values.classes.split(',');
if (classes.length < 2 || !classes.every((name) => name in models)) {
  throw new Error(`--classes is ${values.classes}: expected two or more of ND, DM, FBM`);
}
const [filters, epochs, tested] = [values.filters, values.epochs, values.tracks].map(Number);
const seed = 1;
const perEpoch = 6000;
const batchSize = 60;
const presetClasses = 4;
const note = (text) => process.stderr.write(`bench ceiling: ${text}\n`);

/** Tracks `from` … `to` − 1 of the preset's tracks of these classes: each four of its tracks have every class once. */
function restricted(set, from, to) {
  const first = Math.floor(from / classes.length);
  const end = Math.ceil(to / classes.length);
  const all = set.generate(presetClasses * first, presetClasses * end);
  const { codes, dictionary } = all.trackColumns.label;
  const rows = [...codes.keys()].filter((i) => classes.includes(dictionary[codes[i]]));
  const skipped = from - first * classes.length;
  return selectTracks(all, Uint32Array.from(rows.slice(skipped, skipped + to - from)));
}

const setOf = (tracks, purpose) =>
  gajowczyk2021({
    count: presetClasses * Math.ceil(tracks / classes.length),
    seed: deriveSeed(seed, purpose),
  });
const training = setOf(perEpoch * epochs, 'training');
const unseen = restricted(setOf(tested, 'test'), 0, tested);
const output = { kind: 'classes', classes };

/** The network, after so many epochs. */
async function trained() {
  await useBackend('wasm', { wide: true });
  const { model } = await fit({
    network: { name: 'xresnet', options: { filters, pooling: 'both' } },
    output,
    encoder: { kind: 'motion', dim: 2, length: 600 },
    source: {
      perEpoch,
      take: (epoch, from, to) =>
        restricted(training, epoch * perEpoch + from, epoch * perEpoch + to),
    },
    recipe: {
      epochs,
      batchSize,
      learningRate: 3e-3,
      seed,
      augmentation: { ...noAugmentation, rotate: true },
    },
    data: { preset: 'gajowczyk2021', classes },
    onEpoch: ({ epoch, loss, score }) =>
      note(`epoch ${epoch}: log loss ${loss.toFixed(4)}, accuracy ${score.toFixed(4)}`),
  });
  return model;
}

const began = performance.now();
const network = epochs > 0 ? await trained() : undefined;
const trainingMinutes = (performance.now() - began) / 60_000;
const likelihood = likelihoodModel({ dim: 2, models: classes.map((name) => models[name]) });

const predictions = [];
const contestants = [['likelihood', likelihood], ...(network ? [['xresnet', network]] : [])];
for (const [name, model] of contestants) {
  const start = performance.now();
  const { probabilities, reasons } = await model.predict(unseen);
  const msPerTrack = (performance.now() - start) / unseen.count;
  predictions.push({ name, probabilities, reasons, msPerTrack });
}
const { codes, dictionary } = unseen.trackColumns.label;
const right = Array.from(codes, (code) => classes.indexOf(dictionary[code]));
const judged = [...right.keys()].filter((i) => predictions.every(({ reasons }) => !reasons[i]));

/** Accuracy and log loss on the tracks that both judge, with the standard errors of the sample. */
function score({ name, probabilities, msPerTrack }) {
  const rows = judged.map((i) =>
    probabilities.subarray(i * classes.length, (i + 1) * classes.length),
  );
  const hits = rows.map((row, r) => (row[right[judged[r]]] === Math.max(...row) ? 1 : 0));
  const losses = rows.map((row, r) => -Math.log(Math.max(row[right[judged[r]]], 1e-15)));
  return { name, accuracy: mean(hits), logLoss: mean(losses), msPerTrack, losses, hits };
}
function mean(list) {
  return list.reduce((a, b) => a + b, 0) / list.length;
}
function standardError(list) {
  const centre = mean(list);
  return Math.sqrt(list.reduce((sum, x) => sum + (x - centre) ** 2, 0)) / list.length;
}

const [exact, learned] = predictions.map(score);
/** Accuracy of each class by itself. */
const recall = classes.map((_, c) =>
  mean(judged.flatMap((i, r) => (right[i] === c ? [exact.hits[r]] : []))),
);
const ceiling = (3 * mean(recall) + 1) / presetClasses;
const result = {
  classes,
  tracks: judged.length,
  standardErrorOfAccuracy: Math.sqrt((exact.accuracy * (1 - exact.accuracy)) / judged.length),
  likelihood: { ...exact, recall, losses: undefined, hits: undefined },
  ...(classes.length === 3 && { ceilingOfFour: ceiling }),
};
if (learned) {
  const differences = learned.losses.map((loss, i) => loss - exact.losses[i]);
  Object.assign(result, {
    xresnet: {
      ...learned,
      losses: undefined,
      hits: undefined,
      filters,
      trainingTracks: perEpoch * epochs,
      trainingMinutes,
    },
    logLossDifference: mean(differences),
    logLossDifferenceError: standardError(differences),
  });
}
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  console.log(`${classes.join(', ')}: ${judged.length} unseen tracks of ${unseen.count}`);
  for (const { name, accuracy, logLoss, msPerTrack } of learned ? [exact, learned] : [exact]) {
    console.log(
      `  ${name.padEnd(10)}  accuracy ${accuracy.toFixed(4)}  log loss ${logLoss.toFixed(4)}  ${msPerTrack.toFixed(1)} ms per track`,
    );
  }
  if (classes.length === 3) {
    console.log(
      `  ceiling of ND, DM, CD and FBM, if CD is never missed: ${ceiling.toFixed(4)} ± ${((3 / presetClasses) * result.standardErrorOfAccuracy).toFixed(4)}`,
    );
  }
  if (learned) {
    console.log(
      `  the network's log loss is ${result.logLossDifference.toFixed(4)} ± ${result.logLossDifferenceError.toFixed(4)} above the likelihood's after ${perEpoch * epochs} tracks, ${trainingMinutes.toFixed(1)} minutes`,
    );
  }
}
