import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { networks } from './networks/index.ts';
import { describeNetwork, networkByName } from './registry.ts';

describe('describeNetwork', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  it('says what the final model of Gajowczyk & Szwabiński is', () => {
    const { parameters, options, inputShape, outputShape, encoder } = describeNetwork('xresnet', {
      length: 600,
    });
    expect(parameters).toBe(399_556);
    expect(options).toMatchObject({
      dimension: 1,
      depth: 3,
      kernelSize: 5,
      filters: 32,
      classes: 4,
    });
    expect(inputShape).toEqual([600, 1]);
    expect(outputShape).toEqual([4]);
    expect(encoder).toBe('motion');
  });

  it('lists a shape per input', () => {
    expect(describeNetwork('xresnet', { features: 3 }).inputShape).toEqual([[null, 1], [3]]);
  });

  it.each(networks.map(({ name }) => name))(
    'builds %s with its defaults and leaves nothing behind',
    (name) => {
      const tensors = tf.memory().numTensors;
      expect(describeNetwork(name).parameters).toBeGreaterThan(0);
      expect(tf.memory().numTensors).toBe(tensors);
    },
  );

  it('names the networks there are', () => {
    expect(() => networkByName('xresnett')).toThrow(
      /model 'xresnett' does not exist: expected one of resnet, xresnet/,
    );
  });
});
