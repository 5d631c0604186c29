import { useBackend } from '@diffusion/backends';
import {
  cnn,
  cnnTuned,
  kowalek,
  lipnet,
  multiscale,
  resnet,
  segmenter,
  wadnet,
  xresnet,
} from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { normals, shake } from '../explain.fixture.ts';
import { valuesOf } from '../network/forward.ts';
import { graphOfNetwork } from '../network/graph.ts';
import { lrp } from './propagate.ts';
import type { LrpRule } from './rules.ts';

beforeAll(() => useBackend('wasm'));

/** A small one of every network, with every kind of layer that it can have, and the shapes that it is fed. */
const networks: [string, () => LayersModel, number[][]][] = [
  ['xresnet', () => xresnet({ filters: 8, depth: 2, channels: 2, features: 2 }), [[40, 2], [2]]],
  [
    'xresnet, other activation and pooling',
    () => xresnet({ filters: 8, depth: 2, activation: 'tanh', pooling: 'both', channels: 2 }),
    [[41, 2]],
  ],
  [
    'xresnet of pictures',
    () => xresnet({ dimension: 2, filters: 8, depth: 2, pooling: 'max', activation: 'leakyRelu' }),
    [[20, 3, 1]],
  ],
  ['resnet', () => resnet({ filters: 6, depth: 2, activation: 'elu' }), [[24, 2, 1]]],
  ['multiscale', () => multiscale({ dim: 2, widths: [8, 12, 12], units: 16 }), [[21, 8], [3]]],
  ['wadnet', () => wadnet({ dim: 2, filters: 6, depth: 6, units: 5 }), [[20, 2]]],
  ['cnn', () => cnn({ layers: '1231432', length: 60, kernelSize: 5, units: 8 }), [[60, 1]]],
  ['cnn-tuned', () => cnnTuned({ length: 120, units: 8 }), [[120, 1]]],
  ['kowalek', () => kowalek({ convolutions: 2, length: 20, filters: 6, units: 8 }), [[20, 2]]],
  ['segmenter', () => segmenter({ channels: 5, outputs: 4, widths: [8, 10, 12] }), [[22, 5]]],
  ['lipnet', () => lipnet({ variant: '2', filters: 4, units: 8 }), [[28, 28, 1]]],
  ['lipnet-4c', () => lipnet({ variant: '4c', filters: 4 }), [[20, 20, 1]]],
];

const rules: LrpRule[] = [
  { kind: 'epsilon' },
  { kind: 'gamma' },
  { kind: 'alpha-beta' },
  { kind: 'z-plus', epsilon: 0.1 },
];

const rows = 3;
const sumOf = (x: tf.Tensor | undefined): number[] =>
  x ? [...tf.sum(tf.reshape(x, [rows, -1]), 1).dataSync()] : new Array<number>(rows).fill(0);

describe.each(networks)('relevance through %s', (_, build, shapes) => {
  let network: LayersModel;
  beforeAll(() => {
    network = shake(build());
  });
  afterAll(() => network.dispose());

  it.each(rules)('is kept at every layer: $kind', (rule) => {
    tf.tidy(() => {
      const graph = graphOfNetwork(network);
      const inputs = shapes.map((shape, i) => normals([rows, ...shape], i));
      const values = valuesOf(graph, inputs);
      // The first number of every answer; of one per point, that in the middle.
      const masks = graph.outputs.map((place) => {
        const { shape } = values[place];
        const width = shape.at(-1) as number;
        const perRow = shape.slice(1).reduce((product, n) => product * n, 1);
        const at = width * Math.floor(perRow / width / 2);
        const mask = Array.from({ length: rows * perRow }, (_, i) => Number(i % perRow === at));
        return tf.tensor(mask, shape);
      });
      const seen: string[] = [];
      const found = lrp({ rule, denseRule: rule }, ({ step, relevance, inputs, absorbed }) => {
        seen.push(step.name);
        const had = sumOf(relevance);
        const size = sumOf(tf.abs(relevance));
        const gave = inputs.map(sumOf);
        const left = sumOf(absorbed);
        for (const [r, whole] of had.entries()) {
          const sum = gave.reduce((total, each) => total + each[r], left[r]);
          const allowed = 0.01 * Math.max(Math.abs(whole), 0.01 * size[r]);
          expect(`${step.name}: ${Math.abs(sum - whole) <= allowed + 1e-9}`).toBe(
            `${step.name}: true`,
          );
        }
      })({ graph, inputs, masks, tracks: [], points: [] });
      // Every layer takes part but gates, which take nothing.
      const expected = graph.steps.map(({ name }) => name).filter((name) => !/gate$/.test(name));
      expect(new Set(seen)).toEqual(new Set(expected));

      const output = found.output.dataSync();
      const parts = found.inputs.map(sumOf);
      const absolute = found.inputs.map((part) => sumOf(tf.abs(part)));
      const left = found.absorbed.dataSync();
      for (let r = 0; r < rows; r++) {
        const sum = parts.reduce((total, each) => total + each[r], left[r]);
        const size = absolute.reduce((total, each) => total + each[r], 0);
        const allowed = 0.01 * Math.max(Math.abs(output[r]), 0.01 * size);
        expect(Math.abs(sum - output[r])).toBeLessThan(allowed);
      }
      expect(Math.max(...absolute.flat())).toBeGreaterThan(0);
    });
  });
});
