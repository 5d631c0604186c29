import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { add, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { openDomain } from './domain/domain.ts';
import { defineEncoder } from './encode/define-encoder.ts';
import { encoder, encoderByName, encoders } from './encode/encoder.ts';
import { networkEncoder } from './network-encoder.ts';
import { chosenOptions } from './networks/chosen-options.ts';
import { defineNetwork } from './networks/define-network.ts';
import { classesOf } from './networks/task-options.ts';
import { loadModel } from './node/load-model.ts';
import { saveModel } from './node/save-model.ts';
import { classesOption, integerOption } from './options.ts';
import { describeNetwork, networkByName } from './registry.ts';
import { trackModel } from './track-model.ts';

/** Displacements over `lag` frames. */
const steps = defineEncoder({
  name: 'steps',
  options: { lag: integerOption({ default: 1, min: 1, max: 10, description: 'Frames apart.' }) },
  channels: (dim) => dim,
  features: () => 1,
  write({ positions, length, dim }, out, features, { lag }) {
    for (let i = 0; i < (length - lag) * dim; i++) {
      out[i] = positions[i + lag * dim] - positions[i];
    }
    features[0] = lag;
  },
});

/** Doubles what it is given: a layer that tfjs does not know. */
class Twice extends layers.Layer {
  static readonly className = 'Twice';

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return add(x, x);
  }
}

const tiny = defineNetwork({
  name: 'tiny',
  options: {
    channels: integerOption({ default: 2, min: 1, max: 64, description: 'Numbers per point.' }),
    classes: classesOption(2),
  },
  input: { kind: 'steps', padded: true },
  layers: [Twice],
  optionsFor: ({ encoder, output }) => ({
    channels: encoder.channels,
    classes: classesOf(output),
  }),
  build: ({ channels, classes }) =>
    sequential({
      layers: [
        layers.globalMaxPooling1d({ inputShape: [null, channels] }),
        new Twice({}),
        layers.dense({ units: classes, activation: 'softmax' }),
      ],
    }),
});

const tracks = simulate({ model: 'brownian', count: 4, length: 20, dim: 2, seed: 1 });
const output = { kind: 'classes', classes: ['a', 'b', 'c'] } as const;

beforeAll(() => useBackend('wasm'));

describe('an encoder of one’s own', () => {
  it('encodes as it is written, with its options', () => {
    const specification = { kind: 'steps', dim: 2, length: 25, options: { lag: 2 } } as const;
    const { inputs, features } = encoder(specification, [steps]).encode(tracks);
    const { positions } = tracks.at(1);
    expect(inputs[25 * 2]).toBe(Math.fround(positions[4] - positions[0]));
    expect([...inputs.subarray(2 * 18, 50)]).toEqual(new Array(14).fill(0));
    expect([...features]).toEqual([2, 2, 2, 2]);
  });

  it('is refused where it does not exist, has an option it does not know, or the name of another', () => {
    const specification = { kind: 'steps', dim: 2, length: null } as const;
    expect(() => encoder(specification)).toThrow(
      "encoder kind is 'steps': expected motion, multiscale, invariant, coordinatewise, standardized, picture, flattened",
    );
    expect(() => encoder({ ...specification, options: { lagg: 2 } }, [steps])).toThrow(
      'encoder steps has no option "lagg": did you mean "lag"?',
    );
    expect(() => encoderByName('motion', [{ ...steps, name: 'motion' }])).toThrow(
      "encoders has 'motion', which is built in",
    );
    const whole = { ...steps, padded: false };
    expect(() => encoder({ ...specification, length: 30 }, [whole])).toThrow(
      "encoder length is 30: 'steps' takes every length, null",
    );
    expect(encoders.map(({ name }) => name)).toEqual([
      'motion',
      'multiscale',
      'invariant',
      'coordinatewise',
      'standardized',
      'picture',
      'flattened',
      'pointwise',
    ]);
  });
});

describe('a network of one’s own', () => {
  it('is described, found by its name and fed as those of the registry are', () => {
    expect(describeNetwork(tiny, { classes: 3 })).toEqual({
      name: 'tiny',
      paper: '',
      parameters: 9,
      options: { channels: 2, classes: 3 },
      inputShape: [null, 2],
      outputShape: [3],
      encoder: 'steps',
    });
    expect(networkByName('tiny', [tiny])).toBe(tiny);
    expect(() => networkByName('resnet', [{ ...tiny, name: 'resnet' }])).toThrow(
      "networks has 'resnet', which is built in: expected another name",
    );
    expect(networkEncoder(tiny, { dim: 2, length: 30 })).toEqual({
      kind: 'steps',
      dim: 2,
      length: 30,
    });
  });

  it('says what follows from a task, and refuses what contradicts it', () => {
    const task = { encoder: encoder({ kind: 'motion', dim: 1, length: null }), output };
    expect(chosenOptions(tiny, {}, task, 7)).toEqual({ channels: 4, classes: 3 });
    expect(() => chosenOptions(tiny, { channels: 2 }, task, 7)).toThrow(
      'tiny option channels is 2: expected 4, which follows from the tracks, or left out',
    );
    expect(() => tiny.build({ classes: 0 })).toThrow('tiny option classes is 0: expected an int');
    // @ts-expect-error: no such option
    expect(() => tiny.build({ clases: 2 })).toThrow('did you mean "classes"?');
  });
});

describe('a saved model of one’s own parts', () => {
  it('asks for them by name', async () => {
    const encode = encoder({ kind: 'steps', dim: 2, length: null, options: { lag: 3 } }, [steps]);
    const network = tiny.build({ channels: 2, classes: 3 });
    network.predict(zeros([1, 5, 2]));
    const model = trackModel(
      network,
      {
        format: 'diffusion-model',
        version: 1,
        network: { name: 'tiny', options: { channels: 2, classes: 3 } },
        output,
        encoder: encode.specification,
        domain: openDomain(2),
        recipe: {},
        metrics: {},
        versions: {},
      },
      encode,
    );
    const folder = await mkdtemp(join(tmpdir(), 'own-parts-'));
    await saveModel(folder, model);
    await expect(loadModel(folder)).rejects.toThrow(
      `${folder}: the model was trained with the encoder 'steps', which is not built in: give it as encoders: [...]`,
    );
    await expect(loadModel(folder, { encoders: [steps] })).rejects.toThrow(
      `${folder}: the network 'tiny' has the layer 'Twice', which is not built in: give it as layers: [...], or the network as networks: [...]`,
    );
    const loaded = await loadModel(folder, { encoders: [steps], networks: [tiny] });
    expect(await loaded.predict(tracks)).toEqual(await model.predict(tracks));
    loaded.dispose();
    model.dispose();
    await rm(folder, { recursive: true });
  });
});

describe('what the channels of an encoder are of', () => {
  it.each(encoders.map(({ name }) => name))('is told of every one of %s', (name) => {
    for (const dim of [1, 2, 3] as const) {
      const made = encoder({ kind: name, dim, length: null });
      expect(made.origins).toHaveLength(made.channels);
      expect(made.featureNames).toHaveLength(made.features);
      const names = [
        ...(made.origins ?? []).map((each) => each.name),
        ...(made.featureNames ?? []),
      ];
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('is refused where it is told of more or fewer than there are', () => {
    const one = { name: 'x', of: 'positions' as const, points: [0] };
    const own = { ...steps, source: undefined, origins: () => [one] };
    expect(() => encoder({ kind: 'steps', dim: 2, length: 9 }, [own as never])).toThrow(
      "origins of encoder 'steps' has 1 entries: expected 2, one for each number",
    );
    expect(encoder({ kind: 'steps', dim: 1, length: 9 }, [own as never]).origins).toEqual([one]);
    const named = { ...steps, featureNames: () => ['lag', 'dim'] };
    expect(() => encoder({ kind: 'steps', dim: 1, length: 9 }, [named as never])).toThrow(
      "featureNames of encoder 'steps' has 2 entries: expected 1, one for each number",
    );
  });
});
