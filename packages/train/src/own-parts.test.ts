import { useBackend } from '@diffusion/backends';
import {
  classesOf,
  classesOption,
  defineEncoder,
  defineNetwork,
  type EncoderDefinition,
  integerOption,
  seedOption,
} from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
// Workers load built files.
import { type FitOptions, fit, fitFolds, freshTracks, noAugmentation } from '@diffusion/train';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
// @ts-expect-error: plain JavaScript, which a worker can import
import { steps as stepsInModule } from './own-steps.fixture.mjs';

const steps: EncoderDefinition = stepsInModule;

const tiny = defineNetwork({
  name: 'tiny',
  options: {
    channels: integerOption({ default: 2, min: 1, max: 64, description: 'Numbers per point.' }),
    units: integerOption({ default: 4, min: 1, max: 64, description: 'Maps.' }),
    classes: classesOption(2),
    seed: seedOption,
  },
  optionsFor: ({ encoder, output }) => ({
    channels: encoder.channels,
    classes: classesOf(output),
  }),
  build: ({ channels, units, classes, seed }) =>
    sequential({
      layers: [
        layers.dense({
          units,
          inputShape: [null, channels],
          activation: 'tanh',
          kernelInitializer: initializers.glorotUniform({ seed }),
        }),
        layers.globalAveragePooling1d({}),
        layers.dense({
          units: classes,
          activation: 'softmax',
          kernelInitializer: initializers.glorotUniform({ seed: seed + 1 }),
        }),
      ],
    }),
});

const set = gajowczyk2021({ count: 24, seed: 2 });
const common = {
  output: { kind: 'classes', classes: [...set.classes] },
  recipe: {
    epochs: 2,
    batchSize: 12,
    learningRate: 1e-2,
    seed: 5,
    augmentation: noAugmentation,
    shards: 2,
  },
  data: {},
} as const;
const source = freshTracks(set, 24);
const padded = { kind: 'steps', dim: 2, length: 600 } as const;

const lossOf = async (options: Pick<FitOptions, 'network' | 'encoder'> & Partial<FitOptions>) => {
  const { model, history } = await fit({ source, ...common, ...options });
  const { card } = model;
  model.dispose();
  return { card, loss: history[1].loss };
};

beforeAll(() => useBackend('wasm'));

describe('fit with a network and an encoder of one’s own', () => {
  it('takes them themselves or by their names, and records both in the card', async () => {
    const itself = await lossOf({ network: tiny, encoder: steps });
    expect(itself.card).toMatchObject({
      network: { name: 'tiny', options: { channels: 2, classes: 4, seed: 5 } },
      encoder: padded,
    });
    const named = await lossOf({
      network: { name: 'tiny', options: { units: 4 } },
      encoder: padded,
      networks: [tiny],
      encoders: [steps],
    });
    expect(named.loss).toBe(itself.loss);
    const wider = await lossOf({
      network: { name: 'tiny', options: { units: 8 } },
      networks: [tiny],
      encoder: padded,
      encoders: [steps],
    });
    expect(wider.card.network.options).toMatchObject({ units: 8 });
  });

  it('mixes them with the built-in ones', async () => {
    const { card } = await lossOf({
      network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
      encoder: padded,
      encoders: [steps],
    });
    expect(card.network.options).toMatchObject({ channels: 2, features: 0, length: 600 });
    const { loss } = await lossOf({ network: tiny, encoder: { ...padded, kind: 'motion' } });
    expect(loss).toBeGreaterThan(0);
  });

  it('gives the same bits with workers, which encode where a module holds the encoder', async () => {
    const alone = await lossOf({ network: tiny, encoder: padded, encoders: [steps] });
    const { source: _, ...noModule } = steps;
    for (const encoders of [[steps], [noModule]]) {
      const { loss } = await lossOf({ network: tiny, encoder: padded, encoders, workers: 2 });
      expect(loss).toBe(alone.loss);
    }
  });

  it('says what does not exist and what does not fit, before any batch', async () => {
    await expect(lossOf({ network: { name: 'tiny' }, encoder: padded })).rejects.toThrow(
      "model 'tiny' does not exist: expected one of resnet",
    );
    await expect(lossOf({ network: tiny, encoder: padded })).rejects.toThrow(
      "encoder kind is 'steps': expected motion, multiscale, invariant, coordinatewise, standardized, picture, flattened",
    );
    const { lengths: _, ...unknown } = source;
    await expect(lossOf({ network: tiny, encoder: steps, source: unknown })).rejects.toThrow(
      "encoder 'steps' pads to the longest track, which the source does not know",
    );
    const both = { kind: 'both', classes: set.classes } as const;
    await expect(
      lossOf({ network: tiny, encoder: padded, encoders: [steps], output: both }),
    ).rejects.toThrow(
      "network 'tiny' has outputs of 4: expected 4 and 1 (ND, DM, CD, FBM; the exp",
    );
    await expect(
      lossOf({ network: { ...tiny, name: 'cnn' }, encoder: { ...padded, kind: 'motion' } }),
    ).rejects.toThrow("networks has 'cnn', which is built in");
  });
});

describe('fitFolds with a network and an encoder of one’s own', () => {
  it('pads to the longest of its tracks', async () => {
    const tracks = set.generate();
    const longest = Math.max(...Array.from(tracks, ({ length }) => length));
    const { model } = await fitFolds({
      tracks,
      folds: 2,
      network: tiny,
      encoder: steps,
      ...common,
    });
    const [{ card }] = model.models;
    expect(card).toMatchObject({ encoder: { kind: 'steps', dim: 2, length: longest } });
    expect((await model.predict(tracks)).labels).toHaveLength(24);
    model.dispose();
  });

  it('takes rows as long as their tracks where nothing is padded', async () => {
    const whole = defineEncoder({ ...steps, name: 'whole', padded: false });
    const tracks = set.generate();
    const recipe = { ...common.recipe, batchSize: 1, shards: 1, epochs: 1 };
    const { model } = await fitFolds({
      ...common,
      tracks,
      folds: 2,
      network: tiny,
      encoder: whole,
      recipe,
    });
    expect(model.models[0].card).toMatchObject({ encoder: { kind: 'whole', length: null } });
    model.dispose();
  });
});
