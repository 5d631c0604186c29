import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { liposomes } from '@diffusion/simulate';
import { frameImages, Images, selectImages } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { lipnet } from '../networks/lipnet.ts';
import {
  isImageModel,
  loadImageModel,
  loadModel,
  loadTrackModel,
  saveEnsemble,
  saveModel,
} from '../node/index.ts';
import { measureScale } from './image-answers.ts';
import type { ImageCard } from './image-card.ts';
import { measureImageDomain } from './image-domain.ts';
import { imageEnsemble, imageModel } from './image-model.ts';

const frame = { view: 'mask', size: 16 } as const;
const images = frameImages(
  liposomes({ problem: 'lamellarity', count: 12, seed: 1, size: 32 }).generate(),
  frame,
);
const card: ImageCard = {
  format: 'diffusion-model',
  version: 1,
  network: { name: 'lipnet', options: {} },
  output: { kind: 'classes', classes: ['a', 'b', 'c'] },
  frame,
  scale: measureScale(images),
  domain: measureImageDomain(images),
  recipe: {},
  metrics: {},
  versions: {},
};
const network = (seed: number) => lipnet({ variant: '2', size: 16, filters: 4, units: 8, seed });

describe('imageModel', () => {
  let folder: string;
  beforeAll(() => useBackend('wasm'));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-model-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives what its network gives for standard intensities, in any batch and order', async () => {
    const model = imageModel(network(1), card);
    const { probabilities, labels } = await model.predict(images, { batchSize: 5 });
    const { mean, deviation } = card.scale;
    const own = tf.tidy(() => {
      const pixels = tf.tensor4d(images.pixels as Float32Array, [12, 16, 16, 1]);
      return (
        model.network.predict(tf.div(tf.sub(pixels, mean), deviation)) as tf.Tensor
      ).dataSync();
    });
    for (const [i, p] of own.entries()) expect(probabilities![i]).toBeCloseTo(p, 5);
    const turned = await model.predict(selectImages(images, [7, 3]));
    expect(turned.labels).toEqual([labels![7], labels![3]]);
    model.dispose();
  });

  it('gives a reason in place of an answer where an image is far from all that was seen', async () => {
    const model = imageModel(network(1), card);
    const odd = new Images({ ...images.data, pixels: images.pixels.slice() });
    odd.at(2).pixels.fill(0.9);
    odd.at(5).pixels.fill(Number.NaN);
    const { codes, probabilities, reasons } = await model.predict(odd);
    expect([codes![2], codes![5]]).toEqual([-1, -1]);
    expect(probabilities![6]).toBeNaN();
    expect(reasons[2]).toMatchObject({ kind: 'outside', feature: 'intensity' });
    expect(reasons[5]).toMatchObject({ kind: 'outside' });
    expect(codes![0]).toBeGreaterThanOrEqual(0);
    expect(reasons.filter(Boolean)).toHaveLength(2);
    model.dispose();
  });

  it('is the same when it is saved and loaded, and so are several as one', async () => {
    const models = [imageModel(network(1), card), imageModel(network(2), card)];
    const several = imageEnsemble(models);
    const answers = async (of: { predict: typeof several.predict }) =>
      (await of.predict(images)).probabilities;
    await saveModel(folder, models[0]);
    expect(await isImageModel(folder)).toBe(true);
    const one = await loadImageModel(folder);
    expect(await answers(one)).toEqual(await answers(models[0]));
    const [a, b] = [await answers(models[0]), await answers(models[1])];
    const mean = a!.map((p, i) => p / 2 + b![i] / 2);
    await saveEnsemble(folder, several);
    expect(await isImageModel(folder)).toBe(true);
    const both = await loadImageModel(folder);
    for (const [i, p] of (await answers(both))!.entries()) expect(p).toBeCloseTo(mean[i], 6);
    for (const model of [one, both, several]) model.dispose();
  });

  it('is no model of tracks, and the other way round', async () => {
    const model = imageModel(network(1), card);
    await saveModel(folder, model);
    for (const load of [loadModel, loadTrackModel]) {
      await expect(load(folder)).rejects.toThrow('is the card of a model that judges images');
    }
    await writeFile(join(folder, 'card.json'), '{"format":"diffusion-model","version":1}');
    expect(await isImageModel(folder)).toBe(false);
    await expect(loadImageModel(folder)).rejects.toThrow('is not the card of a model of images');
    expect(await isImageModel(join(folder, 'none'))).toBe(false);
    model.dispose();
  });

  it.each([
    [{ frame: { view: 'all', size: 16 } }, 'field "frame.view" is "all"'],
    [{ frame: { view: 'mask', size: 0.5 } }, 'field "frame.size" is 0.5'],
    [{ scale: { mean: 0, deviation: 0 } }, 'field "scale.deviation" is 0'],
    [{ output: { kind: 'exponent' } }, 'field "output.kind" is "exponent"'],
    [{ domain: { intensity: { low: 0, high: 1 } } }, 'field "domain.contrast"'],
    [{ frame: { view: 'mask', size: 28 } }, "network 'lipnet' takes 16 × 16 × 1 numbers"],
    [{ output: { kind: 'classes', classes: ['a', 'b'] } }, "network 'lipnet' has outputs of 3"],
  ])('names what is wrong with a card: %j', async (change, message) => {
    const model = imageModel(network(1), card);
    await saveModel(folder, model);
    const path = join(folder, 'card.json');
    const text = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...text, ...change }));
    await expect(loadImageModel(folder)).rejects.toThrow(message);
    model.dispose();
  });

  it('refuses images in another frame, and models that answer something else', async () => {
    const model = imageModel(network(1), card);
    const other = frameImages(images, { view: 'surroundings', size: 20 });
    await expect(model.predict(other)).rejects.toThrow('images are 20 × 20: expected 16 × 16');
    await expect(model.predict(images, { batch: 3 } as never)).rejects.toThrow('batch');
    const output = { kind: 'classes', classes: ['a', 'b', 'd'] } as const;
    const foreign = imageModel(network(2), { ...card, output });
    expect(() => imageEnsemble([model, foreign])).toThrow('models[1] answers a, b, d in 16 pixels');
    expect(() => imageEnsemble([])).toThrow('models is empty');
    for (const each of [model, foreign]) each.dispose();
  });
});
