import { useBackend } from '@diffusion/backends';
import { andi2020, gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkCard, Output } from './card.ts';
import { measureDomain } from './domain/domain.ts';
import type { EncoderSpecification } from './encode/specification.ts';
import { ModelError } from './errors.ts';
import { networkByName } from './registry.ts';
import { trackModel } from './track-model.ts';

const classes = ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'];
const tracks = andi2020({ task: 2, dim: 1, count: 40, seed: 2 }).generate();
const seen = andi2020({ task: 2, dim: 1, count: 400, seed: 1 }).generate();

const cardOf = (
  network: NetworkCard['network'],
  output: Output,
  encoder: EncoderSpecification,
): NetworkCard => ({
  format: 'diffusion-model',
  version: 1,
  network,
  output,
  encoder,
  domain: measureDomain(seen),
  recipe: {},
  metrics: {},
  versions: {},
});

const multiscaleModel = (output: Exclude<Output, { kind: 'points' }>) => {
  const task = { classes: 'class', exponent: 'exponent', both: 'both' }[output.kind];
  const options = { task, widths: [8, 8], units: 8, seed: 3 };
  const card = cardOf({ name: 'multiscale', options }, output, {
    kind: 'multiscale',
    dim: 1,
    length: null,
  });
  return trackModel(networkByName('multiscale').build(options), card);
};

beforeAll(async () => {
  await useBackend('wasm');
});

describe('predict of a network for every length', () => {
  it('answers tracks of any lengths in the order of the input, each as it would alone', async () => {
    const model = multiscaleModel({ kind: 'both', classes });
    const tensors = tf.memory().numTensors;
    const all = await model.predict(tracks);
    expect(new Set(Array.from(tracks, ({ length }) => length)).size).toBeGreaterThan(20);
    for (const i of [0, 7, 39]) {
      const alone = await model.predict(selectTracks(tracks, [i]));
      expect(alone.labels).toEqual([all.labels![i]]);
      expect(alone.reasons).toEqual([all.reasons[i]]);
      for (let k = 0; k < 5; k++) {
        const p = all.probabilities![5 * i + k];
        if (!all.reasons[i]) expect(alone.probabilities![k]).toBeCloseTo(p, 5);
        else expect(p).toBeNaN();
      }
      if (!all.reasons[i]) expect(alone.values![0]).toBeCloseTo(all.values![i], 4);
    }
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });

  it('puts tracks of one length through the network together', async () => {
    const model = multiscaleModel({ kind: 'classes', classes });
    const sets = [0, 5, 0, 5, 0].map((i) => i);
    const calls: number[] = [];
    const predict = model.network.predict.bind(model.network);
    model.network.predict = (x, ...rest) => {
      calls.push((x as tf.Tensor[])[0].shape[0]);
      return predict(x, ...rest);
    };
    const progress: number[] = [];
    await model.predict(selectTracks(seen, sets), { onProgress: (done) => progress.push(done) });
    expect(calls.sort()).toEqual([2, 3]);
    expect(progress.at(-1)).toBe(5);
    model.dispose();
  });

  it('gives labels beside codes, and exponents without classes', async () => {
    const both = multiscaleModel({ kind: 'both', classes });
    const { labels, codes, probabilities, values, reasons } = await both.predict(tracks);
    both.dispose();
    expect(probabilities!.length).toBe(5 * 40);
    expect(values!.length).toBe(40);
    for (let i = 0; i < 40; i++) {
      expect(labels![i]).toBe(reasons[i] ? '' : classes[codes![i]]);
      expect(Number.isFinite(values![i])).toBe(!reasons[i]);
      if (reasons[i]) continue;
      const row = probabilities!.subarray(5 * i, 5 * i + 5);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(row[codes![i]]).toBe(Math.max(...row));
    }
    const exponent = multiscaleModel({ kind: 'exponent' });
    const answer = await exponent.predict(tracks);
    exponent.dispose();
    expect(answer.labels ?? answer.codes ?? answer.probabilities).toBeUndefined();
    expect(answer.values!.length).toBe(40);
  });
});

describe('trackModel', () => {
  it('takes a network of one length for tracks of any, as the encoder pads them', async () => {
    const options = { channels: 6, features: 1, filters: 8, depth: 2, length: 600, seed: 1 };
    const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
    const two = gajowczyk2021({ count: 60, seed: 9 }).generate();
    const card = {
      ...cardOf({ name: 'xresnet', options }, output, { kind: 'motion', dim: 2, length: 600 }),
      domain: measureDomain(two),
    };
    const model = trackModel(networkByName('xresnet').build(options), card);
    const { labels, reasons } = await model.predict(two);
    model.dispose();
    expect(reasons.every((reason) => !reason)).toBe(true);
    expect(labels!.every((label) => output.classes.includes(label as 'ND'))).toBe(true);
  });

  it.each([
    [
      'outputs',
      { kind: 'classes', classes: ['a', 'b'] },
      {},
      "network 'multiscale' has outputs of 5: expected 2 (a, b)",
    ],
    [
      'channels',
      undefined,
      { dim: 2 },
      "network 'multiscale' takes any × 4 numbers per track: encoder 'multiscale' gives any × 8",
    ],
    [
      'features',
      undefined,
      { dim: 1, features: [] },
      "network 'multiscale' takes 4 features: encoder 'multiscale' gives 2",
    ],
    [
      'points',
      undefined,
      {},
      "network 'multiscale' takes 50 × 4 numbers per track: encoder 'multiscale' gives any × 4",
    ],
  ] as const)('names %s that do not fit', (what, output, encoder, message) => {
    const network =
      what === 'points'
        ? networkByName('cnn').build({ length: 50, channels: 4 })
        : networkByName('multiscale').build({
            task: 'class',
            widths: [4],
            units: 4,
            ...(what === 'features' && { features: 4 }),
          });
    const card = cardOf(
      { name: 'multiscale', options: {} },
      output ?? { kind: 'classes', classes },
      { kind: 'multiscale', dim: 1, length: null, ...encoder },
    );
    expect(() => trackModel(network, card)).toThrow(ModelError);
    expect(() => trackModel(network, card)).toThrow(message);
    network.dispose();
  });
});
