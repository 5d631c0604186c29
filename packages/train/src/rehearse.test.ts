import { useBackend } from '@diffusion/backends';
import { encoder } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { TrainError } from './errors.ts';
import { fit } from './fit.ts';
import { freshTracks } from './fresh-tracks.ts';
import { type TrainOptions, train } from './train.ts';

const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const set = gajowczyk2021({ count: 24, seed: 1 });
const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
const recipe = { epochs: 1, batchSize: 8, learningRate: 1e-3, seed: 1 };

type Layer = Parameters<ReturnType<typeof sequential>['add']>[0];
const first = (options = {}) =>
  layers.conv1d({ inputShape: [600, 6], filters: 4, kernelSize: 3, strides: 4, ...options });
const networkOf = (...inner: Layer[]): LayersModel =>
  sequential({ name: 'mine', layers: [...inner, layers.globalAveragePooling1d({})] });

/** Trains for an epoch; told of every batch. */
const training = (network: LayersModel, change: Partial<TrainOptions> = {}) =>
  train({ network, encoder: encode, output, source: freshTracks(set, 24), recipe, ...change });

/** A layer whose answer tfjs cannot derive. */
class Rounded extends layers.Layer {
  static className = 'Rounded';
  override call(inputs: tf.Tensor | tf.Tensor[]) {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.cast(tf.topk(x, x.shape.at(-1)).indices, 'float32');
  }
  override computeOutputShape = (shape: (number | null)[]) => shape;
}

let batches = 0;
const onBatch = () => {
  batches++;
};

beforeAll(() => useBackend('wasm'));
beforeEach(() => {
  batches = 0;
});
afterEach(() => expect(batches).toBe(0));

const softmax = () => layers.dense({ units: 4, activation: 'softmax' });

describe('before the first batch train says', () => {
  it.each<[string, () => LayersModel, string | RegExp]>([
    [
      'that a network takes something else than the encoder gives',
      () => networkOf(layers.dense({ units: 4, inputShape: [600, 3] })),
      "network 'mine' takes 600 × 3 numbers per track: encoder 'motion' gives 600 × 6",
    ],
    [
      'that it answers with another number of classes',
      () => networkOf(first(), layers.dense({ units: 5, activation: 'softmax' })),
      "network 'mine' has outputs of 5: expected 4 (ND, DM, CD, FBM)",
    ],
    [
      'that its answers are no probabilities',
      () => networkOf(first(), layers.dense({ units: 4 })),
      /^network 'mine' answers -?\d.* for ND, DM, CD, FBM: expected probabilities, which are 1 in all \(activation 'softmax'/,
    ],
    [
      'that each of them is one by itself',
      () => networkOf(first(), layers.dense({ units: 4, activation: 'sigmoid' })),
      'expected probabilities, which are 1 in all',
    ],
    [
      'that they are no numbers',
      () =>
        networkOf(
          first(),
          layers.dense({
            units: 4,
            biasInitializer: initializers.constant({ value: Number.NaN }),
            activation: 'softmax',
          }),
        ),
      "network 'mine' answers NaN before any training: expected a finite number",
    ],
    [
      'which layer has no gradient',
      () => networkOf(first(), new Rounded({ name: 'round' }), softmax()),
      /^layer 'round' \(Rounded\) of network 'mine' has no gradient on the backend wasm: \S+/,
    ],
    [
      'which layer of a network within it has none',
      () =>
        networkOf(
          first(),
          sequential({
            layers: [
              layers.dense({ units: 4, inputShape: [150, 4] }),
              new Rounded({ name: 'deep' }),
            ],
          }),
          softmax(),
        ),
      "layer 'deep' (Rounded)",
    ],
    [
      'which layer does not work at all',
      () => networkOf(first({ padding: 'causal', strides: 1, name: 'causal' }), softmax()),
      "layer 'causal' (Conv1D) of network 'mine' does not work on the backend wasm: The support for CAUSAL padding",
    ],
    [
      'that there is nothing to train',
      () => networkOf(first({ trainable: false, filters: 4 }), layers.softmax()),
      "network 'mine' has no weights to train",
    ],
  ])('%s', async (_, make, message) => {
    const network = make();
    const before = tf.memory().numTensors;
    const failed = training(network, { onBatch });
    await expect(failed).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
  });

  it('what is wrong with the tracks to validate on', async () => {
    const network = networkOf(first(), softmax());
    const tracks = set.generate();
    const { label, ...columns } = tracks.trackColumns;
    const wrong = (validation: Tracks) => training(network, { validation, onBatch });
    await expect(wrong(new Tracks({ ...tracks.data, trackColumns: columns }))).rejects.toThrow(
      'tracks have no column label to learn from',
    );
    const longer = new Tracks({
      ...selectTracks(tracks, [0]).data,
      positions: new Float64Array(1402),
      offsets: Uint32Array.of(0, 701),
      frames: undefined,
      pointColumns: {},
    });
    await expect(wrong(longer)).rejects.toThrow('track 0 has 701 points: the model sees at most');
    expect(label).toBeDefined();
    network.dispose();
  });
});

describe('train', () => {
  it('needs no augmentation in its recipe, and fit none either', async () => {
    const network = networkOf(first(), softmax());
    expect(await training(network)).toHaveLength(1);
    network.dispose();
    const { model } = await fit({
      network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
      output,
      encoder: { kind: 'motion', dim: 2, length: 600 },
      source: freshTracks(set, 8),
      recipe,
      data: {},
    });
    expect(model.card.recipe).toMatchObject({ augmentation: { cutShare: 0, rotate: false } });
    model.dispose();
  });

  it('asks for a backend where none is set', async () => {
    const network = networkOf(first(), softmax());
    const engine = tf.engine();
    engine.ready = () => Promise.reject(new Error('No backend found in registry.'));
    const failed = training(network, { onBatch });
    await expect(failed).rejects.toBeInstanceOf(TrainError);
    await expect(failed).rejects.toThrow("expected `await useBackend('wasm')`");
    // The method of its class again.
    Reflect.deleteProperty(engine, 'ready');
    network.dispose();
  });

  it('does not move the averages of batch normalisation by trying', async () => {
    const network = networkOf(first(), layers.batchNormalization({}), softmax());
    const before = network.getWeights().map((weight) => [...weight.dataSync()]);
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(training(network, { signal: stopped, onBatch })).rejects.toThrow('enough');
    expect(network.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
    network.dispose();
  });
});
