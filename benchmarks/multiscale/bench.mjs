// Trains the network for every length on both tasks of the AnDi challenge of 2020 for a time by the clock, with tracks
// simulated as they are needed, on wasm; then judges the tracks of the peer package and others of our own.
//   pnpm bench multiscale [--minutes 30] [--workers 2] [--dim 1] [--learning-rate 0.0015] [--seed 1] [--output DIR] [--json]
// With vectors of 256 bits: scripts/newest-node scripts/bench.mjs multiscale …
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { useBackend } from '@diffusion/backends';
import { saveModel } from '@diffusion/models/node';
import { deriveSeed } from '@diffusion/random';
import { andi2020 } from '@diffusion/simulate';
import { fit, oneLengthTracks, trainingOf, validate } from '@diffusion/train';
import { readyRecipe } from '@diffusion/train/node';
import { readAndiSet } from '../peers/andi-set.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    workers: { type: 'string', default: '2' },
    dim: { type: 'string', default: '1' },
    'learning-rate': { type: 'string', default: '0.0015' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [minutes, workers, dim, seed] = ['minutes', 'workers', 'dim', 'seed'].map((name) =>
  Number(values[name]),
);
const peers = join(import.meta.dirname, '../../../shared/reference/andi');
const tell = (line) => process.stderr.write(`${line}\n`);

// On in Node 22 and later: multiplies and adds in one instruction.
if (Number.parseInt(process.versions.node, 10) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
const { device } = await useBackend('wasm', { wide: true });
tell(`${device}, ${workers} workers`);

const { classes } = andi2020({ task: 2, dim, count: 1, seed });
const output = { kind: 'both', classes };

/** The recipe of that name, for as long as there is time. */
const recipe = await readyRecipe(dim === 1 ? 'multiscale' : `multiscale-${dim}d`);
const { dataSets, length, batches, pointsPerBatch, tracksPerBatch } = recipe.data;
const specification = { dataSets, length, batches, pointsPerBatch, tracksPerBatch, seed };
const source = oneLengthTracks(specification);

/** A training of so many epochs. */
const training = (epochs, hooks) =>
  fit({
    network: recipe.network,
    output,
    encoder: { ...recipe.encoder, dim, length: null },
    source,
    recipe: {
      ...trainingOf(recipe),
      epochs,
      learningRate: Number(values['learning-rate']),
      seed,
      shards: Math.max(1, workers),
    },
    workers,
    data: specification,
    ...hooks,
  });

/** Milliseconds of an epoch, without the first one. */
async function timeOfEpoch() {
  const ends = [];
  const { model } = await training(3, { onEpoch: () => void ends.push(performance.now()) });
  model.dispose();
  return (ends[2] - ends[0]) / 2;
}

const perEpoch = await timeOfEpoch();
const begun = performance.now();
const minutesSince = () => (performance.now() - begun) / 60_000;

/**
 * A training that ends with the time. Where the machine turns out faster or slower than it was, the rest of the schedule
 * is made longer or shorter: training goes on from the same state with another number of epochs.
 */
async function trainByTheClock() {
  let epochs = Math.max(1, Math.floor((0.975 * minutes * 60_000) / perEpoch));
  let resume;
  tell(
    `${(perEpoch / batches).toFixed(0)} ms per step: ${epochs * batches} steps in ${minutes} minutes`,
  );
  for (;;) {
    const planned = epochs;
    const stop = new AbortController();
    let [last, at] = [resume?.history.length ?? 0, performance.now()];
    const onEpoch = async ({ epoch, loss, score, mae }, state) => {
      if (epoch % 5 === 0 || epoch === planned) {
        tell(
          `${minutesSince().toFixed(1)} min  epoch ${epoch} of ${planned}  loss ${loss.toFixed(3)}  accuracy ${score.toFixed(3)}  MAE ${mae.toFixed(3)}`,
        );
      }
      if (epoch - last < 5 || planned - epoch < 2) return;
      const each = (performance.now() - at) / (epoch - last);
      [last, at] = [epoch, performance.now()];
      const possible =
        epoch + Math.max(2, Math.floor(((0.975 * minutes - minutesSince()) * 60_000) / each));
      if (Math.abs(possible - planned) <= 0.02 * planned) return;
      epochs = possible;
      resume = await state();
      stop.abort();
    };
    try {
      return { ...(await training(planned, { resume, onEpoch, signal: stop.signal })), epochs };
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      tell(`${minutesSince().toFixed(1)} min  ${epochs} epochs in place of ${planned}`);
    }
  }
}

const { model, history, epochs } = await trainByTheClock();
const trained = minutesSince();
const tracks = epochs * source.perEpoch;
if (values.output) await saveModel(values.output, model);

/** Tracks of the peer package with the truth beside them. */
async function ofThePeer(task) {
  return existsSync(join(peers, `task${task}_${dim}d.txt.gz`))
    ? readAndiSet(peers, task, dim)
    : undefined;
}

/** F1 (micro) of the models of task 2 and MAE of the exponents of task 1, every track judged. */
async function scoresOf(setOf) {
  const sets = await Promise.all([1, 2].map(setOf));
  if (sets.includes(undefined)) return undefined;
  const results = [];
  for (const set of sets) {
    results.push(await validate(model.network, model.encoder, output, set));
  }
  return {
    count: sets.map((set) => set.count),
    f1: results[1].score,
    mae: results[0].mae,
  };
}

const peer = await scoresOf(ofThePeer);
const own = await scoresOf((task) =>
  andi2020({ task, dim, count: 5000, seed: deriveSeed(seed, 'test', task) }).generate(),
);
const result = {
  device,
  workers,
  dim,
  node: process.versions.node,
  minutes: trained,
  steps: epochs * batches,
  tracks,
  msPerStep: (trained * 60_000) / (epochs * batches),
  loss: history.at(-1).loss,
  peer: peer ?? '../shared/reference/andi is not there',
  own,
};
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  tell(`${tracks} tracks in ${trained.toFixed(1)} minutes`);
  for (const [name, set] of Object.entries({ "peer's tracks": peer, 'own tracks': own })) {
    if (set) process.stdout.write(`${name}: F1 ${set.f1.toFixed(4)}, MAE ${set.mae.toFixed(4)}\n`);
  }
}
