import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import { cnn, multiscale, wadnet, xresnet } from '@diffusion/models';
import { loadTorchWeights, type NamedTensor, readSafetensors } from '@diffusion/models/safetensors';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { explainInputs } from './explain-inputs.ts';
import type { MethodOptions } from './method.ts';

beforeAll(() => useBackend('wasm'));

/** As in benchmarks/explain/parity-cases.mjs, which has written the fixtures: `parity.mjs --golden`. */
const classes = 4;
const convolutionsOfWadnet = () => {
  const whole = wadnet({ dim: 2, filters: 5, depth: 5, units: 4 });
  const maps = whole.getLayer('norm').output as SymbolicTensor;
  const pooled = layers.globalAveragePooling1d({ name: 'mean' }).apply(maps) as SymbolicTensor;
  const answer = layers.dense({ name: 'class', units: classes, activation: 'softmax' });
  return model({ inputs: whole.inputs, outputs: answer.apply(pooled) as SymbolicTensor });
};
const grid = (stack: string) => () =>
  cnn({ layers: stack, filters: 6, length: 24, channels: 2, units: 5, classes });
const networks: [string, () => LayersModel][] = [
  ['xresnet', () => xresnet({ filters: 8, depth: 2, channels: 2, features: 2, classes })],
  ['wadnet', convolutionsOfWadnet],
  ['multiscale', () => multiscale({ dim: 2, widths: [6, 8, 8], units: 8, task: 'class', classes })],
  ['cnn-123132', grid('123132')],
  ['cnn-132', grid('132')],
];

const methods: [string, MethodOptions][] = [
  ['integrated-gradients', { method: 'integrated-gradients', steps: 50 }],
  ['gradient-input', { method: 'gradient-input' }],
  ['lrp epsilon 0.01', { method: 'lrp', rule: { kind: 'epsilon', epsilon: 0.01 } }],
  ['lrp gamma 0.01', { method: 'lrp', rule: { kind: 'gamma', gamma: 0.25, epsilon: 0.01 } }],
  ['lrp alpha-beta 0.01', { method: 'lrp', rule: { kind: 'alpha-beta', epsilon: 0.01 } }],
  ['lrp z-plus 0.01', { method: 'lrp', rule: { kind: 'z-plus', epsilon: 0.01 } }],
];

const below = (tensors: Record<string, NamedTensor>, prefix: string) =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

/** In the order of their names, 0, 1, …. */
const listed = (tensors: Record<string, NamedTensor>) =>
  Object.keys(tensors)
    .sort()
    .map((name) => tf.tensor(tensors[name].values, [...tensors[name].shape]));

describe.each(networks)('maps of %s', (name, build) => {
  const file = new URL(`./fixtures/${name}.safetensors`, import.meta.url);
  const tensors = readSafetensors(readFileSync(file));
  let network: LayersModel;
  beforeAll(() => {
    network = build();
    loadTorchWeights(network, below(tensors, 'weights.'));
  });
  afterAll(() => network.dispose());

  it.each(methods)('are those of captum and zennit: %s', (method, options) => {
    tf.tidy(() => {
      const inputs = listed(below(tensors, 'input.'));
      const target = tf.tensor1d([...tensors.target.values], 'int32');
      const mask = tf.oneHot(target, classes);
      const { inputs: ours } = explainInputs(network, inputs, [mask], options);
      const theirs = listed(below(tensors, `map.${method}.`));
      expect(theirs).toHaveLength(ours.length);
      const largest = Math.max(...theirs.map((map) => tf.max(tf.abs(map)).dataSync()[0]));
      for (const [i, map] of theirs.entries()) {
        const difference = tf.max(tf.abs(tf.sub(ours[i], map))).dataSync()[0];
        expect(difference).toBeLessThan(1e-4 * largest);
      }
    });
  });
});

it('explainInputs wants as many inputs and masks as the network has', () => {
  const network = multiscale({ widths: [4], units: 4 });
  expect(() => explainInputs(network, [], [], { method: 'lrp' })).toThrow(
    'inputs and masks are 0 and 0: expected 2 and 2, as the network takes and gives',
  );
  network.dispose();
});
