import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  deadParameters,
  gradients,
  largestDifference,
  motley,
  noise,
  outputsOf,
  overfit,
  saveAndLoad,
  targets,
  trainableVariables,
  walks,
} from './conformance.fixture.ts';
import { networks } from './index.ts';
import { layerSeed } from './layer-seed.ts';
import { registerLayers } from './layers/register.ts';

interface Case {
  readonly title: string;
  readonly network: string;
  /** Small, so that a test takes about a second; dropout is off where every weight must get a gradient. */
  readonly options: Record<string, unknown>;
  readonly track: number[];
  readonly features?: number;
  /** Weights without a gradient, and why. */
  readonly dead?: { readonly names: RegExp; readonly why: string };
  readonly steps: number;
  readonly rate: number;
}

const beforeNorm = (names: RegExp) => ({
  names,
  why: 'a bias before batch normalisation, which takes the mean away',
});

const cases: Case[] = [
  {
    title: 'xresnet 1D',
    network: 'xresnet',
    options: { filters: 16, depth: 2, features: 2, dropout: 0 },
    track: [50, 1],
    features: 2,
    dead: beforeNorm(/conv\d?\/bias$/),
    steps: 50,
    rate: 0.01,
  },
  {
    title: 'xresnet 2D',
    network: 'xresnet',
    options: { dimension: 2, kernelSize: 3, filters: 8, depth: 2, pooling: 'both', dropout: 0 },
    track: [31, 16, 1],
    dead: beforeNorm(/conv\d?\/bias$/),
    steps: 50,
    rate: 0.01,
  },
  {
    title: 'resnet 2D',
    network: 'resnet',
    options: { filters: 8, depth: 2, dropout: 0 },
    track: [31, 16, 1],
    dead: beforeNorm(/conv\d?\/bias$/),
    steps: 50,
    rate: 0.01,
  },
  {
    title: 'multiscale, both tasks',
    network: 'multiscale',
    options: { widths: [8, 12, 12], units: 32, dropout: 0, classes: 4 },
    track: [33, 4],
    features: 2,
    steps: 80,
    rate: 0.01,
  },
  {
    title: 'multiscale, exponents in 3D',
    network: 'multiscale',
    options: { dim: 3, task: 'exponent', widths: [8, 8], units: 16, dropout: 0 },
    track: [21, 12],
    features: 4,
    steps: 80,
    rate: 0.01,
  },
  {
    title: 'wadnet, classes in 2D',
    network: 'wadnet',
    options: { dim: 2, depth: 5, filters: 16, units: 24, classes: 4, dropout: 0 },
    track: [24, 2],
    steps: 120,
    rate: 0.01,
  },
  {
    title: 'wadnet, exponents in 1D',
    network: 'wadnet',
    options: { task: 1, depth: 5, filters: 16, units: 24, dropout: 0 },
    track: [20, 1],
    steps: 120,
    rate: 0.01,
  },
  {
    title: 'segmenter',
    network: 'segmenter',
    options: { channels: 3, outputs: 4, widths: [8, 12, 12] },
    track: [33, 3],
    steps: 120,
    rate: 0.01,
  },
  {
    title: 'cnn',
    network: 'cnn',
    options: { layers: '1231432', kernelSize: 4, length: 50, classes: 4, dropout: 0 },
    track: [50, 1],
    dead: beforeNorm(/^layer5.dense\/bias$/),
    steps: 60,
    rate: 0.005,
  },
  {
    title: 'cnn-tuned',
    network: 'cnn-tuned',
    options: { length: 120, classes: 4, dropout: 0 },
    track: [120, 1],
    steps: 60,
    rate: 0.005,
  },
  {
    title: 'kowalek',
    network: 'kowalek',
    options: { convolutions: 2, filters: 8, length: 40, units: 16 },
    track: [40, 2],
    dead: beforeNorm(/^(conv\d|dense2)\/bias$/),
    steps: 60,
    rate: 0.005,
  },
  ...(['1', '2', '4', '4c', '6'] as const).map((variant) => ({
    title: `lipnet-${variant}`,
    network: 'lipnet',
    options: { variant, size: 16, filters: 8, units: 16, dropout: 0, classes: 4 },
    track: [16, 16, 1],
    steps: 60,
    rate: 0.01,
  })),
];

const build = ({ network, options }: Case, more: Record<string, unknown> = {}): LayersModel =>
  networks.find((n) => n.name === network)!.build({ ...options, ...more });

const inputsOf = (
  { track, features }: Case,
  count: number,
  seed: number,
  tracks = walks,
): tf.Tensor[] => [
  tracks([count, ...track], seed),
  ...(features ? [noise([count, features], seed + 1)] : []),
];

beforeAll(async () => {
  await useBackend('wasm');
  registerLayers();
});

it('tries every network', () => {
  const tried = new Set(cases.map(({ network }) => network));
  expect([...tried].sort()).toEqual(networks.map(({ name }) => name).sort());
});

describe.each(cases)('$title', (c) => {
  it('gives probabilities and finite numbers', () => {
    const y = build(c).predict(inputsOf(c, 3, 1)) as tf.Tensor | tf.Tensor[];
    for (const output of outputsOf(y)) {
      expect(output.shape[0]).toBe(3);
      const values = [...output.dataSync()];
      expect(values.every(Number.isFinite)).toBe(true);
      if (output.shape[1] !== 1) {
        const sums = [...tf.sum(output, 1).dataSync()];
        expect(sums.every((s) => Math.abs(s - 1) < 1e-5)).toBe(true);
      }
    }
  });

  it(`has no dead parameter${c.dead ? ` but ${c.dead.why}` : ''}`, () => {
    const grads = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      gradients(build(c, { seed }), inputsOf(c, 24, 10 * seed, motley), targets(24, 4)),
    );
    const dead = deadParameters(grads);
    const excused = [...grads[0].keys()].filter((name) => c.dead?.names.test(name));
    expect(dead.filter((name) => !excused.includes(name))).toEqual([]);
    expect(dead.filter((name) => excused.includes(name))).toEqual(excused);
  });

  it(`learns 32 tracks by heart in ${c.steps} steps`, () => {
    const model = build(c);
    const { accuracy, mae } = overfit(model, inputsOf(c, 32, 3), targets(32, 4), c);
    if (!Number.isNaN(accuracy)) expect(accuracy).toBe(1);
    if (!Number.isNaN(mae)) expect(mae).toBeLessThan(0.1);
  });

  it('comes back from its saved form with the same bits', async () => {
    const model = build(c, { seed: 5 });
    const loaded = await saveAndLoad(model);
    expect(largestDifference(model, loaded, inputsOf(c, 4, 4))).toBe(0);
  });

  it('has weights that follow from the seed', () => {
    const weights = (seed: number) =>
      [...trainableVariables(build(c, { seed })).values()].flatMap((v) => [...v.dataSync()]);
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });

  it('draws every layer with a seed of its own', () => {
    const names = build(c).layers.map((layer) => layer.name);
    expect(new Set(names.map((name) => layerSeed(3, name))).size).toBe(names.length);
  });
});
