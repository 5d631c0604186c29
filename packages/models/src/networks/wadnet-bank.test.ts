import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { OptionError } from '../options.ts';
import { noise } from './conformance.fixture.ts';
import { wadnet } from './wadnet.ts';
import { wadnetBank, wadnetLengths } from './wadnet-bank.ts';

beforeAll(() => useBackend('wasm'));

const small = { filters: 4, units: 6, depth: 4 } as const;
const valuesOf = (x: tf.Tensor) => [...x.dataSync()];

/** Positions of one length brought to mean 0 and deviation 1 in plain numbers. */
function standardized(positions: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(positions, 1, true);
  return tf.div(tf.sub(positions, mean), tf.sqrt(variance));
}

describe('the bank of lengths', () => {
  it('has the 43 lengths of the paper', () => {
    expect(wadnetLengths).toHaveLength(43);
    expect([...wadnetLengths].sort((a, b) => a - b)).toEqual(wadnetLengths);
  });

  it('is the network itself at its own length, whatever the unit and the origin', () => {
    const network = wadnet({ ...small, dim: 2 });
    const bank = wadnetBank(new Map([[12, [network]]]));
    const positions = noise([3, 12, 2], 1) as tf.Tensor3D;
    const expected = valuesOf(network.predict(standardized(positions)) as tf.Tensor);
    const moved = tf.add(tf.mul(positions, 250), 1000) as tf.Tensor3D;
    valuesOf(bank.predict(moved)).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i], 4);
    });
  });

  it('takes the nearest shorter length and the mean feature vector of both ends in between', () => {
    const networks = [1, 2, 3].map((seed) => wadnet({ ...small, seed }));
    const bank = wadnetBank(new Map(networks.map((network, i) => [10 * (i + 1), [network]])));
    const positions = noise([2, 27, 1], 5) as tf.Tensor3D;
    const network = networks[1];
    const [kernel, bias] = network.getLayer('class').getWeights();
    const featuresOf = (from: number) => {
      const crop = standardized(tf.slice(positions, [0, from, 0], [2, 20, 1]));
      // What comes out of the last LSTM, from the network without its head.
      let features: tf.Tensor | undefined;
      const layer = network.getLayer('features');
      layer.setCallHook((x) => {
        features = tf.keep(tf.clone(Array.isArray(x) ? x[0] : x));
      });
      network.predict(crop);
      layer.clearCallHook();
      return features as tf.Tensor;
    };
    const features = tf.div(tf.add(featuresOf(0), featuresOf(7)), 2) as tf.Tensor2D;
    const expected = tf.softmax(tf.add(tf.matMul(features, kernel as tf.Tensor2D), bias));
    const answer = bank.predict(positions);
    expect(answer.shape).toEqual([2, 5]);
    expect(tf.max(tf.abs(tf.sub(answer, expected))).dataSync()[0]).toBeLessThan(1e-6);
  });

  it('averages folds, corrects exponents and keeps them within 0.05 and 2', () => {
    const fold = (bias: number): LayersModel => {
      const network = wadnet({ ...small, task: 1 });
      const [kernel] = network.getLayer('exponent').getWeights();
      network.getLayer('exponent').setWeights([tf.zerosLike(kernel), tf.tensor1d([bias])]);
      return network;
    };
    const answer = (biases: number[], correction?: number) => {
      const bank = wadnetBank(new Map([[10, biases.map(fold)]]), { correction });
      return valuesOf(bank.predict(noise([1, 14, 1], 2) as tf.Tensor3D))[0];
    };
    expect(answer([0.5, 1.5])).toBeCloseTo(1, 6);
    expect(answer([0.5, 1.5], 1.011)).toBeCloseTo(1.011, 6);
    expect(answer([3])).toBe(2);
    expect(answer([-1])).toBeCloseTo(0.05, 6);
  });

  it('refuses what it has no network for', () => {
    expect(() => wadnetBank(new Map())).toThrow(OptionError);
    const bank = wadnetBank(new Map([[10, [wadnet(small)]]]));
    expect(() => bank.predict(tf.zeros([1, 9, 1]))).toThrow(
      'tracks have 9 points: the shortest network of the bank is for 10',
    );
    const still = valuesOf(bank.predict(tf.zeros([1, 10, 1])));
    expect(still.every(Number.isFinite)).toBe(true);
  });
});
