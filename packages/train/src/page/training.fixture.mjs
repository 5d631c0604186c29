// A short training and a prediction with the trained network; the same module serves Node and a page.
import {
  encoder,
  measureDomain,
  networkByName,
  predictParallel,
  trackModel,
} from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { freshTracks, train } from '@diffusion/train';

const classes = ['ND', 'DM', 'CD', 'FBM'];
const output = { kind: 'classes', classes };
const specification = { kind: 'motion', dim: 2, length: 600 };
const recipe = {
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  loss: { labelSmoothing: 0.02 },
  seed: 4,
  augmentation: { rotate: true, cutShare: 0.3, minLength: 10, gapShare: 0.2, maxMissing: 0.2 },
  shards: 2,
};
const build = () =>
  networkByName('xresnet').build({
    filters: 8,
    depth: 1,
    dropout: 0.2,
    channels: 6,
    features: 1,
    classes: 4,
    length: 600,
    seed: 2,
  });

/** Four steps on two shards each: the losses, and the weights one after the other. */
export async function trained(workers, onBatch) {
  const network = build();
  const history = await train({
    network,
    encoder: encoder(specification),
    output,
    source: freshTracks(gajowczyk2021({ count: 56, seed: 1 }), 28),
    recipe,
    workers,
    onBatch,
  });
  const weights = network.getWeights().flatMap((weight) => [...weight.dataSync()]);
  network.dispose();
  return { losses: history.map(({ loss }) => loss), weights };
}

/** What a network says of tracks, on this thread with no workers. */
export async function predicted(workers) {
  const tracks = gajowczyk2021({ count: 40, seed: 5 }).generate();
  const model = trackModel(build(), {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'xresnet', options: {} },
    output,
    encoder: specification,
    domain: measureDomain(gajowczyk2021({ count: 60, seed: 1 }).generate()),
    recipe: {},
    metrics: {},
    versions: {},
  });
  const { labels, reasons, probabilities } = workers
    ? await predictParallel(model, tracks, { workers, batchSize: 8 })
    : await model.predict(tracks, { batchSize: 8 });
  model.dispose();
  return { labels, reasons, probabilities: [...probabilities].map(String) };
}
