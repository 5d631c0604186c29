import { useBackend } from '@diffusion/backends';
import { encoder, lipnet, multiscale, type NetworkModel, ownModel } from '@diffusion/models';
import { keyedRandom } from '@diffusion/random';
import { gajowczyk2021 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, model as modelOf } from '@tensorflow/tfjs-layers';
import { embed } from '../embedding/embed.ts';
import { headVectors } from '../embedding/head-vectors.ts';
import { withShuffledWeights } from '../faithfulness/randomized-weights.ts';
import { maximizingTrack } from '../maximise/maximizing-tracks.ts';
import { deconvolve } from './deconvolve.ts';
import { layerActivations } from './layer-activations.ts';
import { layerKernels } from './layer-kernels.ts';

beforeAll(() => useBackend('wasm'));

const classes = ['ND', 'DM', 'CD', 'FBM'];
let network: LayersModel;
let model: NetworkModel;
beforeAll(() => {
  network = multiscale({
    dim: 2,
    task: 'class',
    classes: 4,
    widths: [6, 8],
    units: 10,
    seed: 3,
  });
  model = ownModel({
    network,
    encoder: encoder({ kind: 'multiscale', dim: 2, length: null }),
    output: { kind: 'classes', classes },
  });
});
const tracks = gajowczyk2021({ count: 12, seed: 1 }).generate();

/** Positive weights and no bias: every rectifier lets everything through, so that the way back is the gradient. */
function positive(lip: LayersModel): LayersModel {
  for (const layer of lip.layers) {
    layer.setWeights(
      layer
        .getWeights()
        .map((weight) => (weight.rank === 1 ? tf.zerosLike(weight) : tf.abs(weight))),
    );
  }
  return lip;
}

describe('deconvolve', () => {
  const random = keyedRandom(2);
  const pixels = Float32Array.from({ length: 28 * 28 }, () => random.uniform());
  let picture: tf.Tensor4D;
  beforeAll(() => {
    picture = tf.tensor4d(pixels, [1, 28, 28, 1]);
  });

  it.each(['4', '4c'] as const)('is the gradient where nothing is cut: lipnet %s', (variant) => {
    const lip = positive(lipnet({ variant, filters: 4, seed: 1 }));
    const layer = 'block2.conv2';
    const part = modelOf({
      inputs: lip.inputs,
      outputs: lip.layers.find(({ name }) => name === layer)!.output as never,
    });
    const { map, activation, values } = deconvolve(lip, picture, { layer });
    const expected = tf.tidy(() => {
      const top = part.predict(picture) as tf.Tensor;
      const place = top.dataSync().indexOf(activation);
      expect(place % 4).toBe(map);
      const mask = tf.reshape(tf.oneHot(tf.tensor1d([place], 'int32'), top.size), top.shape);
      const gradient = tf.grad((x) => tf.sum(tf.mul(part.apply(x) as tf.Tensor, mask)))(picture);
      return tf.mul(gradient, activation).dataSync().slice();
    });
    const largest = Math.max(...expected);
    expect(largest).toBeGreaterThan(0);
    values.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-5 * largest);
    });
    const whole = deconvolve(lip, picture, { layer, map: 1, largest: false });
    expect(whole.map).toBe(1);
    expect(whole.values.filter((x) => x > 0).length).toBeGreaterThan(
      values.filter((x) => x > 0).length,
    );
    lip.dispose();
  });

  it('says what it cannot go through', () => {
    const lip = lipnet({ variant: '2', filters: 4 });
    expect(() => deconvolve(lip, picture, { layer: 'conv9' })).toThrow(
      "layer 'conv9' is not there: expected one of block1.conv1, block2.conv1",
    );
    expect(() => deconvolve(lip, picture, { layer: 'dense' })).toThrow(
      "layer 'dense' is a Dense: expected a convolution",
    );
    expect(() => deconvolve(lip, picture, { layer: 'block2.conv1', map: 4 })).toThrow(
      'map is 4: expected 0 to 3',
    );
  });
});

describe('inside a network', () => {
  it('has the kernels of its convolutions, as the layers have them', () => {
    const all = layerKernels(network);
    expect(all.map(({ layer, size, inputs, outputs }) => [layer, size, inputs, outputs])).toEqual([
      ['stem.conv', [7], 8, 6],
      ['stage1.conv1', [5], 6, 6],
      ['stage1.conv2', [5], 6, 6],
      ['stage2.conv1', [5], 6, 8],
      ['stage2.identity', [1], 6, 8],
      ['stage2.conv2', [5], 8, 8],
    ]);
    const [kernel] = network.getLayer('stem.conv').getWeights();
    expect(all[0].values).toEqual(kernel.dataSync());
  });

  it('gives out what its layers do', () => {
    const seen = model.encoder.encode(tracks, [0]);
    const inputs = [
      tf.tensor3d(seen.inputs, [1, seen.length, 8]),
      tf.tensor2d(seen.features, [1, 3]),
    ];
    const [stem, last] = layerActivations(network, inputs, ['stem.conv', 'class']);
    expect(stem.shape).toEqual([seen.length, 6]);
    expect(Math.min(...stem.values)).toBe(0);
    const answer = (network.predict(inputs) as tf.Tensor).dataSync();
    expect(last.values).toEqual(answer);
    expect(() => layerActivations(network, inputs, ['nothing'])).toThrow(
      "layer 'nothing' is not there: expected one of track, ",
    );
  });

  it('decides by the vectors before its head', async () => {
    const { width, values } = await headVectors(model, tracks);
    expect(width).toBe(10);
    const [kernel, bias] = network.getLayer('class').getWeights();
    const again = tf.tidy(() =>
      tf
        .softmax(
          tf.add(tf.matMul(tf.tensor2d(values, [tracks.count, 10]), kernel as tf.Tensor2D), bias),
        )
        .dataSync(),
    );
    const { probabilities } = await model.predict(tracks);
    again.forEach((p, i) => {
      expect(Math.abs(p - probabilities![i])).toBeLessThan(1e-6);
    });
  });
});

describe('embed', () => {
  it('keeps near what is near, and is the same for the same seed', async () => {
    const random = keyedRandom(5);
    const values = Float32Array.from(
      { length: 60 * 4 },
      (_, k) => (Math.floor(k / 4) < 30 ? 0 : 8) + random.normal(),
    );
    const places = await embed(values, 4, { seed: 2, neighbours: 8 });
    expect(places).toHaveLength(120);
    const far = (i: number, j: number) =>
      Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
    for (let i = 0; i < 60; i++) {
      const order = Array.from({ length: 60 }, (_, j) => j).sort((a, b) => far(i, a) - far(i, b));
      expect(order.slice(0, 10).every((j) => j < 30 === i < 30)).toBe(true);
    }
    expect(await embed(values, 4, { seed: 2, neighbours: 8 })).toEqual(places);
    await expect(embed([1, 2, 3], 1)).rejects.toThrow('expected rows of 1, and four at least');
    await expect(embed([1, 2, Number.NaN, 3], 1)).rejects.toThrow('values[2] is NaN');
  });
});

describe('withShuffledWeights', () => {
  it('shuffles within every weight, and puts all back, also where the work fails', async () => {
    const before = network.getWeights().map((weight) => weight.dataSync().slice());
    const count = tf.memory().numTensors;
    const during = await withShuffledWeights(network, async () =>
      network.getWeights().map((weight) => weight.dataSync().slice()),
    );
    during.forEach((values, w) => {
      expect([...values].sort()).toEqual([...before[w]].sort());
      if (new Set(before[w]).size > 5) expect(values).not.toEqual(before[w]);
    });
    const after = () => network.getWeights().map((weight) => weight.dataSync().slice());
    expect(after()).toEqual(before);
    const failing = withShuffledWeights(network, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(after()).toEqual(before);
    expect(tf.memory().numTensors).toBe(count);
    const last = await withShuffledWeights(network, async () => after(), { layers: 1 });
    expect(last.slice(0, -2)).toEqual(before.slice(0, -2));
    expect(last.at(-2)).not.toEqual(before.at(-2));
    await expect(withShuffledWeights(network, async () => 0, { layers: 0 })).rejects.toThrow(
      'layers is 0',
    );
  });
});

describe('maximizingTrack', () => {
  it('climbs, keeps the size of the steps, and leaks nothing', async () => {
    const count = tf.memory().numTensors;
    const { tracks: found, answers } = await maximizingTrack(model, {
      target: 2,
      length: 30,
      steps: 8,
    });
    expect(tf.memory().numTensors).toBe(count);
    expect(answers).toHaveLength(9);
    expect(answers[8]).toBeGreaterThan(answers[0] + 0.2);
    const { probabilities } = await model.predict(found);
    expect(Math.log(probabilities![2])).toBeCloseTo(answers[8], 4);
    let squares = 0;
    for (let k = 2; k < 60; k++) squares += (found.positions[k] - found.positions[k - 2]) ** 2;
    expect(squares / 58).toBeCloseTo(1, 9);
  });

  it.each([
    [{ target: 4 }, 'target is 4: expected a class, 0 to 3'],
    [{ target: -1 }, 'target is -1: expected a class, 0 to 3'],
    [{ target: 0, length: 3 }, 'length is 3: expected 4 to any number of points'],
    [{ target: 0, steps: 0 }, 'steps is 0'],
  ])('refuses %j', async (options, message) => {
    await expect(maximizingTrack(model, options)).rejects.toThrow(message);
  });
});
