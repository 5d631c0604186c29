import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { gradients, noise, targets } from './conformance.fixture.ts';
import { parameterCount } from './parameter-count.ts';
import { resnet } from './resnet.ts';
import { xresnet } from './xresnet.ts';

beforeAll(() => useBackend('wasm'));

describe('parameter counts of Gajowczyk & Szwabiński 2021, tables 3 to 10', () => {
  const final = { dimension: 1, depth: 3, kernelSize: 5, filters: 32 } as const;
  const twoDimensional = { dimension: 2, depth: 4, kernelSize: 3, filters: 64 } as const;
  const cases: [string, () => LayersModel, number][] = [
    ['ResNet18 2D', () => resnet(), 11_177_092],
    ['XResNet18 2D', () => xresnet(twoDimensional), 11_220_420],
    ['XResNet 2D depth 3', () => xresnet({ ...twoDimensional, depth: 3 }), 2_823_108],
    ['XResNet 2D depth 2', () => xresnet({ ...twoDimensional, depth: 2 }), 721_604],
    ['XResNet 2D 1×1', () => xresnet({ ...twoDimensional, depth: 3, kernelSize: 1 }), 357_188],
    ...([3, 5, 7, 9, 11] as const).map((kernelSize, i): [string, () => LayersModel, number] => [
      `XResNet 1D 1×${kernelSize}`,
      () => xresnet({ ...final, kernelSize, filters: 64 }),
      [973_668, 1_590_148, 2_206_628, 2_823_108, 3_439_588][i],
    ]),
    ['XResNet 1D x₀ 32', () => xresnet(), 399_556],
    ['XResNet 1D x₀ 16', () => xresnet({ filters: 16 }), 100_900],
    ['with 1 feature', () => xresnet({ features: 1 }), 399_560],
    ['with 4 features', () => xresnet({ features: 4 }), 399_572],
    ['with autocorrelation', () => xresnet({ channels: 4 }), 401_872],
  ];

  it.each(cases)('%s', (_, build, expected) => {
    const model = build();
    expect(parameterCount(model)).toBe(expected);
    model.dispose();
  });

  it('is all 15 of them', () => expect(cases).toHaveLength(15));
});

describe('shapes', () => {
  it.each([1, 2, 3, 10, 31, 64])('1D at length %i', (length) => {
    const model = xresnet({ filters: 8, depth: 3, channels: 2, classes: 5 });
    const y = model.predict(tf.zeros([3, length, 2])) as tf.Tensor;
    expect(y.shape).toEqual([3, 5]);
  });

  it.each([1, 2, 3, 10, 31])('2D at length %i, in 1, 2 and 3 coordinates', (length) => {
    for (const build of [resnet, xresnet]) {
      const model = build({ dimension: 2, filters: 8, depth: 3, classes: 3 });
      for (const coordinates of [1, 2, 3]) {
        const y = model.predict(tf.zeros([2, length, coordinates, 1])) as tf.Tensor;
        expect(y.shape).toEqual([2, 3]);
      }
    }
  });
});

describe('a picture of two coordinates', () => {
  it('is one column wide after the stem: the side columns of the kernels see only padding there', () => {
    for (const build of [resnet, xresnet]) {
      const model = build({ dimension: 2, kernelSize: 3, filters: 8, depth: 2, dropout: 0 });
      const grads = gradients(model, [noise([24, 31, 2, 1], 1)], targets(24, 4));
      for (const [name, g] of grads) {
        if (!/^stage.*conv[12]\/kernel$/.test(name)) continue;
        const perColumn = [...tf.max(tf.abs(g), [0, 2, 3]).dataSync()].map((v) => v > 0);
        expect(perColumn).toEqual([false, true, false]);
      }
    }
  });
});
