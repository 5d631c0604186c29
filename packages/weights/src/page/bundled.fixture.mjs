// The program of a page that a bundler makes: a model that comes with the packages judges tracks.
import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { loadPretrained, pretrainedFor, pretrainedModels } from '@diffusion/weights';

const tracks = simulate({ model: 'fbm', alpha: 0.6, count: 5, length: 60, dim: 2, seed: 1 });

window.page = {
  start: () => useBackend('wasm', { wasmPaths: '/wasm/', warn: () => {} }),
  names: () => pretrainedModels.map(({ name }) => name),
  judged: async (options) => {
    const model = await loadPretrained(pretrainedFor(2).name, options);
    const { probabilities } = await model.predict(tracks);
    model.dispose();
    return [...probabilities];
  },
  failed: (name, options) =>
    loadPretrained(name, options).then(
      () => 'no error',
      (error) => `${error.name}: ${error.message}`,
    ),
  kept: async () => {
    const cache = await caches.open('@diffusion/weights');
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
  },
};
