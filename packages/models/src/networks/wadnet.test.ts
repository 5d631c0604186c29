import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { gradients, noise, targets } from './conformance.fixture.ts';
import { parameterCount } from './parameter-count.ts';
import { wadnet } from './wadnet.ts';

beforeAll(() => useBackend('wasm'));

describe('wadnet', () => {
  it.each([
    [1, 2, 192_549 - 768],
    [2, 2, 192_549 - 768 + 3 * 32],
    [3, 2, 192_549 - 768 + 2 * 3 * 32],
    [1, 1, 192_549 - 768 - 4 * 65],
  ] as const)('has its parameters: %iD, task %i, %i', (dim, task, expected) => {
    const model = wadnet({ dim, task });
    expect(parameterCount(model)).toBe(expected);
    expect(model.outputs[0].shape).toEqual([null, task === 1 ? 1 : 5]);
    model.dispose();
  });

  it('gives a gradient to the outer taps exactly where they reach into the track', () => {
    const model = wadnet({ depth: 6, filters: 4, units: 8, dropout: 0 });
    const grads = gradients(model, [noise([6, 9, 1], 1)], targets(6, 5));
    for (let k = 1; k <= 6; k++) {
      for (const gate of ['filter', 'gate']) {
        const g = grads.get(`layer${k}.${gate}/kernel`)!;
        const perTap = [...tf.max(tf.abs(g), [1, 2]).dataSync()].map((v) => v > 0);
        const reaches = 2 ** (k - 1) < 9;
        expect(perTap).toEqual([reaches, true, reaches]);
      }
    }
  });

  it('has the feature vector as a layer', () => {
    expect(wadnet({ units: 10 }).getLayer('features').outputShape).toEqual([null, 10]);
  });
});
