// The program of a page that loads a model and judges tracks: what ../sections/page.mjs times.
import { useBackend } from '@diffusion/backends';
import { loadModelFromUrl } from '@diffusion/models';
import { motion } from '@diffusion/simulate';

/** Milliseconds until the first answer and for `count` tracks of the prior, the least of so many rounds. */
window.judge = async ({ dim, rounds, count }) => {
  await useBackend('wasm', { wasmPaths: '/wasm/', warn: () => {} });
  const one = motion({ dim, count: 1, seed: 2, length: 100 }).generate();
  const begun = performance.now();
  const model = await loadModelFromUrl('/model');
  const loaded = performance.now();
  await model.predict(one);
  const answered = performance.now();
  const tracks = motion({ dim, count, seed: 1 }).generate();
  let all = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await model.predict(tracks);
    all = Math.min(all, performance.now() - start);
  }
  model.dispose();
  return {
    load: loaded - begun,
    firstAnswer: answered - begun,
    // The clock of a page begins when it is opened.
    sinceOpened: answered,
    all,
    points: tracks.pointCount,
  };
};
