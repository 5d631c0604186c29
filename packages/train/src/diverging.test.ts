import { useBackend } from '@diffusion/backends';
import { encoder } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { fit } from './fit.ts';
import { freshTracks } from './fresh-tracks.ts';
import { train } from './train.ts';

const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const set = gajowczyk2021({ count: 48, seed: 1 });

beforeAll(() => useBackend('wasm'));

/** Trains two epochs of three batches; in one of them the first track has a point that is no number. */
async function diverging(where: { epoch: number; batch: number }, shards: number) {
  const network = sequential({
    layers: [
      layers.globalAveragePooling1d({ inputShape: [600, 6] }),
      layers.dense({ units: 4, activation: 'softmax', kernelInitializer: 'zeros' }),
    ],
  });
  const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
  const fresh = freshTracks(set, 24);
  const ends: number[][][] = [network.getWeights().map((weight) => [...weight.dataSync()])];
  const before = tf.memory().numTensors;
  const failed = train({
    network,
    output,
    encoder: {
      ...encode,
      encode: (tracks, rows) => {
        const encoded = encode.encode(tracks, rows);
        const [track] = tracks.trackColumns.track as Float64Array;
        if (track === 24 * where.epoch + 8 * where.batch && tracks.count > 2) {
          encoded.inputs[0] = Number.NaN;
        }
        return encoded;
      },
    },
    source: fresh,
    recipe: { epochs: 2, batchSize: 8, learningRate: 1e-2, seed: 1, shards },
    onEpoch: () => {
      ends.push(network.getWeights().map((weight) => [...weight.dataSync()]));
    },
  });
  const message = await failed.then(
    () => '',
    (error: Error) => error.message,
  );
  expect(tf.memory().numTensors).toBe(before);
  const weights = network.getWeights().map((weight) => [...weight.dataSync()]);
  network.dispose();
  return { message, weights, ends };
}

describe('a training whose loss is no number', () => {
  it.each([1, 2])('names epoch and batch and keeps the weights of before, %i shards', async (n) => {
    const { message, weights, ends } = await diverging({ epoch: 1, batch: 1 }, n);
    expect(message).toContain('loss is NaN in epoch 2, batch 2: expected a finite number');
    expect(message).toContain('the weights are those after epoch 1');
    expect(ends).toHaveLength(2);
    expect(weights).toEqual(ends[1]);
    expect(weights).not.toEqual(ends[0]);
  });

  it('keeps the first weights where no epoch has ended', async () => {
    const { message, weights, ends } = await diverging({ epoch: 0, batch: 2 }, 1);
    expect(message).toContain('loss is NaN in epoch 1, batch 3');
    expect(message).toContain('the weights are those before the first epoch');
    expect(weights).toEqual(ends[0]);
  });

  it('leaves no model of fit, which says so', async () => {
    // A step of this size leaves finite weights, whose answers are no numbers.
    const failed = fit({
      network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
      output,
      encoder: { kind: 'motion', dim: 2, length: 600 },
      source: freshTracks(set, 8),
      recipe: {
        epochs: 3,
        batchSize: 8,
        learningRate: 1e30,
        schedule: { name: 'constant' },
        seed: 1,
      },
      data: {},
    });
    await expect(failed).rejects.toThrow(
      'loss is NaN in epoch 2, batch 1: expected a finite number (a lower learning rate may help); no model is made, and the weights after epoch 1 are there only if onEpoch kept its state()',
    );
  });
});
