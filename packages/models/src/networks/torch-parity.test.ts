import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadTorchWeights, type NamedTensor, readSafetensors } from '../safetensors/index.ts';
import { multiscale } from './multiscale.ts';
import { resnet } from './resnet.ts';
import { wadnet } from './wadnet.ts';
import { xresnet } from './xresnet.ts';

beforeAll(() => useBackend('wasm'));

/** Written by benchmarks/peers/torch_networks.py, from the same descriptions in PyTorch's own layers. */
const golden = (name: string) =>
  readSafetensors(readFileSync(new URL(`./fixtures/${name}.safetensors`, import.meta.url)));

const below = (tensors: Record<string, NamedTensor>, prefix: string) =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const tensorOf = ({ values, shape }: NamedTensor) => tf.tensor(values, [...shape]);

/** Probabilities would hide what softmax saturates. */
const logits = { outputActivation: 'linear' } as const;

const cases: [string, () => LayersModel, number[]][] = [
  [
    'xresnet-1d',
    () => xresnet({ ...logits, filters: 8, channels: 2, features: 2, activation: 'leakyRelu' }),
    [11, 40, 41, 42, 43],
  ],
  [
    'xresnet-2d',
    () => xresnet({ ...logits, dimension: 2, depth: 2, kernelSize: 3, filters: 8 }),
    [20, 21],
  ],
  ['resnet-2d', () => resnet({ ...logits, depth: 2, filters: 8 }), [20, 21]],
  ['wadnet', () => wadnet({ dim: 2, filters: 6, units: 10 }), [10, 33, 64]],
  ['wadnet-exponent', () => wadnet({ task: 1, filters: 4, depth: 7, units: 6 }), [21, 40]],
  ['multiscale', () => multiscale({ widths: [8, 12, 12, 16], units: 16 }), [1, 10, 36, 37]],
];

describe.each(cases)(
  '%s has the outputs of PyTorch with the same weights',
  (name, build, lengths) => {
    it.each(lengths)('at length %i', (length) => {
      const tensors = golden(name);
      const model = build();
      loadTorchWeights(model, below(tensors, 'weights.'));
      const inputs = below(tensors, `input.${length}.`);
      const outputs = model.predict(
        [inputs.track, inputs.features].filter(Boolean).map(tensorOf),
      ) as tf.Tensor | tf.Tensor[];
      const expected = below(tensors, `output.${length}.`);
      const ours = [outputs].flat();
      expect(ours).toHaveLength(Object.keys(expected).length);
      Object.values(expected).forEach((golden, i) => {
        const difference = tf.max(tf.abs(tf.sub(ours[i], tensorOf(golden)))).dataSync()[0];
        expect(difference).toBeLessThan(1e-4);
      });
    });
  },
);
