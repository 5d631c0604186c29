import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { classificationMetrics } from '@diffusion/eval';
import { standardFeatures } from '@diffusion/models';
import { fitClassical } from '@diffusion/models/classical';
import { loadModel, saveModel } from '@diffusion/models/node';
import { deriveSeed } from '@diffusion/random';
import { dataSet } from '@diffusion/simulate';
import { fit, freshTracks, noAugmentation, targets } from '@diffusion/train';
import { stepProducts } from './my-encoder.ts';
import { foldAnisotropy } from './my-feature.ts';
import { runAndTumble } from './my-motion.ts';
import { temporal } from './my-network.ts';

/**
 * Which bacteria run and tumble, which swim without tumbling (mutants without CheY), and which are dead? A network and a
 * forest learn it from simulated tracks: `node dist/classifier.js [epochs] [tracks per epoch]`.
 */
const [epochs = 6, perEpoch = 512] = process.argv.slice(2).map(Number);
const seed = 1;
const swimming = { D: 0.3, speed: { min: 5, max: 25 } };
const bacteria = (purpose: 'training' | 'test', count: number) =>
  dataSet({
    count,
    seed: deriveSeed(seed, purpose),
    dim: 2,
    length: { min: 30, max: 120 },
    dt: 0.05,
    positionUnit: 'µm',
    timeUnit: 's',
    noise: { sigma: { min: 0.05, max: 0.2 } },
    classes: [
      { model: runAndTumble, parameters: { ...swimming, tau: { min: 0.2, max: 1 } } },
      { model: 'directed', label: 'smooth-swimmer', parameters: swimming },
      { model: 'brownian', label: 'dead', parameters: { D: { min: 0.2, max: 1 } } },
    ],
  });
const training = bacteria('training', epochs * perEpoch);
const tracks = training.generate(0, perEpoch);
const features = ['straightness', foldAnisotropy] as const;

await useBackend('wasm');
const { model: network } = await fit({
  network: temporal,
  encoder: {
    kind: stepProducts.name,
    dim: training.dim,
    length: training.lengths.max,
    features: standardFeatures(tracks, features),
  },
  encoders: [stepProducts],
  output: { kind: 'classes', classes: training.classes },
  source: freshTracks(training, perEpoch),
  recipe: {
    epochs,
    batchSize: 32,
    learningRate: 5e-3,
    loss: { labelSmoothing: 0.02 },
    seed,
    augmentation: noAugmentation,
  },
  data: { simulated: 'bacteria' },
});
const forest = fitClassical({ kind: 'forest', tracks, features, trees: 50, seed });

const test = bacteria('test', 600).generate();
const { codes: actual = [] } = targets(test, network.card.output);
const own = { encoders: [stepProducts], networks: [temporal], features: [foldAnisotropy] };
for (const [name, model] of Object.entries({ network, forest })) {
  const folder = mkdtempSync(join(tmpdir(), 'bacteria-'));
  await saveModel(folder, model);
  const loaded = await loadModel(folder, own);
  rmSync(folder, { recursive: true });
  const { codes = [], classes = [] } = await loaded.predict(test);
  const { accuracyOfAll } = classificationMetrics({ actual, predicted: codes, classes });
  console.log(`${name}: ${(100 * accuracyOfAll).toFixed(1)} % of ${test.count} tracks are right`);
}
