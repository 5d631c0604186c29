// The network that answers one question about bursts, trained or read again where it was kept.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, saveModel } from '@diffusion/models/node';
import { fit, repeatedTracks } from '@diffusion/train';
import { burstTracks, CLASSES } from './burst-tracks.mjs';

/** A `multiscale` of this size takes a minute or two of one thread. */
const NETWORK = {
  name: 'multiscale',
  options: { widths: [24, 32, 32, 32], units: 64, dropout: 0 },
};

/**
 * @param folder where trained networks are kept; absent: nowhere.
 * @param note told a line per epoch.
 */
export async function burstNetwork(question, { seed, tracks, epochs, folder, note }) {
  const place = folder && join(folder, `${question.replaceAll(' ', '-')}-${seed}`);
  if (place && existsSync(place)) return loadModel(place);
  const { model } = await fit({
    network: NETWORK,
    output: { kind: 'classes', classes: CLASSES },
    encoder: { kind: 'multiscale', dim: 2, length: null },
    source: repeatedTracks(burstTracks(question, tracks, seed), seed),
    validation: burstTracks(question, 400, 1_000_000 + seed),
    recipe: {
      epochs,
      batchSize: 64,
      learningRate: 3e-3,
      averaging: 0.99,
      seed,
      augmentation: 'none',
    },
    data: { bursts: question },
    onEpoch: (result) => note(`${question}, seed ${seed}: ${JSON.stringify(result)}`),
  });
  if (place) {
    await mkdir(folder, { recursive: true });
    await saveModel(place, model);
  }
  return model;
}
