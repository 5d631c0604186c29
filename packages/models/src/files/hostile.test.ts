import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import type { ModelCard } from '../card.ts';
import { fitClassical } from '../classical/fit-classical.ts';
import { openDomain } from '../domain/domain.ts';
import { ModelError } from '../errors.ts';
import { networkByName } from '../registry.ts';
import { type ModelFiles, modelFiles, modelFromFiles } from './artifacts.ts';

const options = { channels: 6, features: 1, filters: 8, depth: 2, length: 60, classes: 2, seed: 1 };
const card: ModelCard = {
  format: 'diffusion-model',
  version: 1,
  network: { name: 'xresnet', options },
  output: { kind: 'classes', classes: ['ND', 'DM'] },
  encoder: { kind: 'motion', dim: 2, length: 60 },
  domain: openDomain(2),
  recipe: {},
  metrics: {},
  versions: {},
};

type ClassicalKind = 'forest' | 'boosting' | 'logistic' | 'svm';

/** A part of a JSON document, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: whatever somebody may write into a file
type Json = any;

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const parsed = (bytes: Uint8Array | undefined): Json => JSON.parse(new TextDecoder().decode(bytes));

/** The message of the ModelError that the files end in; fails when they end otherwise. */
async function problem(files: ModelFiles): Promise<string> {
  const end = await modelFromFiles(files, 'm').catch((error) => error);
  if (!(end instanceof ModelError)) throw new Error(`expected a ModelError, not ${end}`);
  expect(end.message).not.toMatch(/[\r\n]/);
  expect(end.message.length).toBeLessThan(600);
  return end.message;
}

describe('the files of a network', () => {
  let files: ModelFiles;
  beforeAll(async () => {
    await useBackend('wasm');
    const network = networkByName('xresnet').build(options);
    files = await modelFiles({ network, card });
    network.dispose();
  });

  const changed = (name: 'model.json' | 'card.json', change: (json: Json) => void) => {
    const json = parsed(files[name]);
    change(json);
    return problem({ ...files, [name]: text(json) });
  };
  const layersOf = (json: Json): Json[] => {
    const { model_config: outer, config } = json.modelTopology;
    return (outer?.config ?? config).layers;
  };
  const called = (json: Json) => layersOf(json).find((layer) => layer.inbound_nodes.length > 0);

  it('are whole', async () => {
    const tensors = tf.memory().numTensors;
    const loaded = await modelFromFiles(files, 'm');
    expect(parsed(files['card.json']).weights.sha256).toMatch(/^[0-9a-f]{64}$/);
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it.each<[string, (json: Json) => void, RegExp]>([
    [
      'a layer that is its own input',
      (json) => {
        const layer = called(json);
        layer.inbound_nodes[0][0][0] = layer.name;
      },
      /model\.json: layer ".+" waits for ".+", which waits for it in turn/,
    ],
    [
      'an input that is no layer',
      (json) => {
        called(json).inbound_nodes[0][0][0] = 'nobody';
      },
      /waits for "nobody", which is no layer/,
    ],
    [
      'a call that is never made',
      (json) => {
        called(json).inbound_nodes[0][0][1] = 7;
      },
      /waits for ".+", which waits for it in turn/,
    ],
    [
      'two layers of one name',
      (json) => {
        layersOf(json)[1].name = layersOf(json)[0].name;
      },
      /two layers are called/,
    ],
    [
      'inputs in other words',
      (json) => {
        const layer = called(json);
        layer.inboundNodes = [[[layer.name, 0, 0]]];
      },
      /has inboundNodes: expected inbound_nodes/,
    ],
    ['no layers', (json) => layersOf(json).splice(0), /model\.json: /],
    [
      'an input of another type of numbers',
      (json) => {
        layersOf(json)[0].config.dtype = 'int32';
      },
      /takes numbers of type "int32": encoder 'motion' gives "float32"/,
    ],
    [
      'an output that is named twice',
      (json) => {
        const { model_config: outer, config } = json.modelTopology;
        const { output_layers: ends } = outer?.config ?? config;
        ends.push(ends[0]);
      },
      /output_layers names ".+" twice/,
    ],
    [
      'a layer that is given in no way that there is',
      (json) => {
        called(json).config = 1.5;
      },
      /model\.json: describes no network that can be built/,
    ],
    [
      'inputs that are no list',
      (json) => Object.assign(called(json), { inbound_nodes: 5 }),
      /no list/,
    ],
    [
      'a weight without a shape',
      (json) => {
        json.weightsManifest[0].weights[0].shape = null;
      },
      /weight ".+" has the shape null: expected a list of whole numbers/,
    ],
    [
      'a weight listed twice',
      (json) => {
        json.weightsManifest[0].weights[1].name = json.weightsManifest[0].weights[0].name;
      },
      /is listed twice/,
    ],
    [
      'a weight of another type',
      (json) => {
        json.weightsManifest[0].weights[0].dtype = '__proto__';
      },
      /has the type "__proto__": expected float32, int32, bool/,
    ],
    [
      'weights that are none',
      (json) => {
        json.weightsManifest = [null];
      },
      /the name of a weight is missing/,
    ],
    [
      'other weights than the layers have',
      (json) => {
        json.weightsManifest[0].weights[0].name = 'nobody/kernel';
      },
      /model\.json: /,
    ],
  ])('are refused with %s in model.json', async (_, change, message) => {
    expect(await changed('model.json', change)).toMatch(message);
  });

  it.each<[string, (json: Json) => void, RegExp]>([
    [
      'ranges that are words',
      (json) => {
        json.domain.ranges[0].low = '__proto__';
      },
      /field "domain\.ranges\[0\]\.low" is "__proto__": expected an object/,
    ],
    [
      'a range with one end',
      (json) => {
        json.domain.ranges[0].low = { alpha: 0 };
      },
      /field "domain\.ranges\[0\]\.high\.alpha" is missing: expected a number/,
    ],
    ['no dimension', (json) => Object.assign(json.domain, { dim: 4 }), /"domain\.dim" is 4/],
    [
      'a network without a name',
      (json) => Object.assign(json.network, { name: null }),
      /"network\.name"/,
    ],
    [
      'an encoder of no kind',
      (json) => Object.assign(json.encoder, { kind: {} }),
      /"encoder\.kind" is an object/,
    ],
    [
      'an encoder of no length',
      (json) => Object.assign(json.encoder, { length: -1 }),
      /"encoder\.length"/,
    ],
    [
      'features that are none',
      (json) => Object.assign(json.encoder, { features: [null] }),
      /features\[0\]/,
    ],
    [
      'a class that is there twice',
      (json) => Object.assign(json.output, { classes: ['a', 'a'] }),
      /different texts/,
    ],
    [
      'classes that are none',
      (json) => Object.assign(json.output, { classes: [{}, 1] }),
      /"output\.classes"/,
    ],
    [
      'a version that is a list',
      (json) => Object.assign(json, { version: [[1]] }),
      /version is an array/,
    ],
    [
      'a checksum that is none',
      (json) => Object.assign(json, { weights: { sha256: 1 } }),
      /"weights\.sha256" is 1/,
    ],
  ])('are refused with %s in card.json', async (_, change, message) => {
    expect(await changed('card.json', change)).toMatch(message);
  });

  it.each(['card.json', 'model.json'] as const)('are refused with a deep %s', async (name) => {
    const deep = `{"deep":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(await problem({ ...files, [name]: new TextEncoder().encode(deep) })).toBe(
      `m/${name}, line 1: the JSON is nested more than 100 deep: expected a file of a saved model`,
    );
  });
});

describe('the file of a classifier', () => {
  const tracks = gajowczyk2021({ count: 60, seed: 1 }).generate();
  const features = ['alpha', 'straightness'] as const;
  const filesOf = (kind: ClassicalKind) => modelFiles(fitClassical({ kind, tracks, features }));

  it.each<[ClassicalKind, string, (json: Json) => void, RegExp]>([
    [
      'forest',
      'a node that leads to itself',
      ({ trees: [tree] }) => {
        tree.left[0] = 0;
      },
      /trees\[0\]\.left\[0\] is 0: expected a whole number from 1/,
    ],
    [
      'forest',
      'a node that leads nowhere',
      ({ trees: [tree] }) => {
        tree.right[0] = 1e9;
      },
      /trees\[0\]\.right\[0\] is 1000000000: expected a whole number/,
    ],
    [
      'forest',
      'trees that are none',
      (json) => Object.assign(json, { trees: [null] }),
      /trees\[0\] is null/,
    ],
    [
      'forest',
      'shares that are no numbers',
      ({ trees }) => trees[0].shares.fill(null),
      /shares\[0\] is null/,
    ],
    [
      'boosting',
      'a node that leads back',
      ({ trees: [tree] }) => {
        tree.right[0] = 0;
      },
      /trees\[0\]\.right\[0\] is 0: expected a whole number from 1/,
    ],
    [
      'boosting',
      'a feature that there is not',
      ({ trees: [tree] }) => {
        tree.feature[0] = 2;
      },
      /trees\[0\]\.feature\[0\] is 2: expected a whole number from -1 to 1/,
    ],
    [
      'boosting',
      'a tree too few',
      (json) => json.trees.pop(),
      /trees has \d+ trees: expected a multiple of 4, the scores of 4 classes/,
    ],
    [
      'boosting',
      'trees that are none',
      ({ trees }) => {
        trees[0] = null;
      },
      /trees\[0\] is null: expected a tree/,
    ],
    [
      'boosting',
      'values that are no numbers',
      ({ trees }) => {
        trees[1].value[0] = 'much';
      },
      /trees\[1\]\.value\[0\] is "much": expected a finite number/,
    ],
    [
      'boosting',
      'a third side for what is undefined',
      ({ trees }) => {
        trees[0].missing[0] = 2;
      },
      /trees\[0\]\.missing\[0\] is 2: expected a whole number from 0 to 1/,
    ],
    [
      'boosting',
      'a class twice',
      (json) => Object.assign(json, { present: [0, 1, 1, 3] }),
      /present\[2\] is 1: expected a whole number from 2 to 3/,
    ],
    [
      'boosting',
      'no class at all',
      (json) => Object.assign(json, { present: [], initial: [], trees: [] }),
      /present is an array: expected at least one class/,
    ],
    [
      'boosting',
      'a score too few',
      (json) => json.initial.pop(),
      /initial has 3 numbers: expected 4/,
    ],
    [
      'boosting',
      'trees of a single class',
      (json) => Object.assign(json, { present: [0], initial: [] }),
      /trees has \d+ trees: expected a multiple of 0/,
    ],
    [
      'logistic',
      'too few numbers',
      (json) => json.coefficients.pop(),
      /coefficients has \d+ numbers/,
    ],
    [
      'logistic',
      'another number of classes',
      (json) => Object.assign(json, { classes: 2 }),
      /coefficients has/,
    ],
    [
      'svm',
      'a vector that is not there',
      ({ pairs }) => pairs[0].support.fill(-1),
      /support\[0\] is -1/,
    ],
    ['svm', 'no kernel', (json) => Object.assign(json, { kernel: null }), /kernel is null/],
  ])('is refused for a %s with %s', async (kind, _, change, message) => {
    const files = await filesOf(kind);
    const json = parsed(files['classifier.json']);
    change(json);
    expect(await problem({ ...files, 'classifier.json': text(json) })).toMatch(message);
  });
});
