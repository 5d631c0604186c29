import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { joinTracks, Tracks } from '@diffusion/tracks';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Encoder } from './encode/encoder.ts';
import { ModelError } from './errors.ts';
import { loadModel } from './node/load-model.ts';
import { saveModel } from './node/save-model.ts';
import { ownModel } from './own-model.ts';

/** Net displacement ÷ path length, as a track of one point and one channel. */
const encoder: Encoder = {
  specification: { kind: 'own', dim: 2, length: 1 },
  channels: 1,
  features: 0,
  encode(tracks, indices) {
    const rows = indices ? Array.from(indices) : [...Array(tracks.count).keys()];
    const inputs = Float32Array.from(rows, (row) => {
      const { positions, length } = tracks.at(row);
      const at = (t: number) => [positions[2 * t], positions[2 * t + 1]];
      let path = 0;
      const distance = (a: number[], b: number[]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
      for (let t = 1; t < length; t++) path += distance(at(t - 1), at(t));
      return distance(at(0), at(length - 1)) / path;
    });
    return { count: rows.length, length: 1, inputs, features: new Float32Array(0) };
  },
};

/** Straightness above a half is directed. */
function tinyDense() {
  const network = sequential({
    layers: [
      layers.flatten({ inputShape: [1, 1] }),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  const [kernel, bias] = network.getWeights().map((weight) => weight.shape);
  expect([kernel, bias]).toEqual([[1, 2], [2]]);
  return network;
}

describe("a user's own network", () => {
  const output = { kind: 'classes', classes: ['free', 'directed'] } as const;
  const free = simulate({ model: 'brownian', count: 20, length: 80, dim: 2, seed: 1 });
  const directed = simulate({ model: 'directed', count: 20, length: 80, dim: 2, seed: 1, R: 30 });
  const plain = [free, directed].map(({ data }) => new Tracks({ ...data, trackColumns: {} }));
  const tracks = joinTracks(plain);

  beforeAll(async () => {
    await useBackend('wasm');
  });

  it('joins by giving a layers model, an encoder and classes, and is saved like any', async () => {
    const { tensor } = await import('@tensorflow/tfjs-core');
    const network = tinyDense();
    network.setWeights([tensor([[-20, 20]]), tensor([10, -10])]);
    const model = ownModel({ network, encoder, output });
    const { labels } = await model.predict(tracks);
    expect(labels!.slice(0, 20).filter((name) => name === 'free').length).toBeGreaterThan(17);
    expect(labels!.slice(20).filter((name) => name === 'directed').length).toBeGreaterThan(17);

    const folder = await mkdtemp(join(tmpdir(), 'own-'));
    await saveModel(folder, model);
    await expect(loadModel(folder)).rejects.toThrow('made with an encoder of its own');
    const loaded = await loadModel(folder, { encoder });
    expect(await loaded.predict(tracks)).toEqual(await model.predict(tracks));
    loaded.dispose();
    model.dispose();
    await rm(folder, { recursive: true });
  });

  it('says why it does not judge, where the tracks of the training are given', async () => {
    const model = ownModel({ network: tinyDense(), encoder, output, seen: free });
    const short = simulate({ model: 'brownian', count: 1, length: 5, dim: 2, seed: 1 });
    expect((await model.predict(short)).reasons[0]?.text).toMatch(/^too short: 5 points/);
    model.dispose();
  });

  it('refuses an encoder that does not fit', () => {
    const network = tinyDense();
    const wide = { ...encoder, channels: 3 };
    expect(() => ownModel({ network, encoder: wide, output })).toThrow(ModelError);
    network.dispose();
  });
});
