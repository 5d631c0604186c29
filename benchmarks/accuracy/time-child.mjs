// Loads a model in a fresh process, and says in JSON how long the first answer and some tracks of the prior took.
// The least of so many rounds of the latter.
//   node time-child.mjs MODEL ROUNDS TRACKS
import { useBackend } from '@diffusion/backends';
import { predictParallel } from '@diffusion/models';
import { motion } from '@diffusion/simulate';
import { openModel } from './model.mjs';

await useBackend('wasm', { wide: true });
const begun = performance.now();
const { model } = await openModel(process.argv[2]);
const loaded = performance.now();
const { dim } = model.card.domain;
const tracks = motion({ dim, count: Number(process.argv[4]), seed: 1 }).generate();
const one = motion({ dim, count: 1, seed: 2, length: 100 }).generate();
const ready = performance.now();
await model.predict(one);
const first = performance.now() - ready;
const timed = async (run) => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};
const all = [];
for (let round = 0; round < Number(process.argv[3]); round++) {
  all.push(await timed(() => model.predict(tracks)));
}
const byTwo = await timed(() => predictParallel(model, tracks, { workers: 2 }));
process.stdout.write(
  `${JSON.stringify({
    load: loaded - begun,
    firstAnswer: loaded - begun + first,
    all: Math.min(...all),
    byTwoWorkers: byTwo,
    points: tracks.pointCount,
  })}\n`,
);
