import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { disposeNetwork } from './dispose-network.ts';
import { encoder } from './encode/encoder.ts';
import { standardFeatures } from './encode/standard-features.ts';
import { networkEncoder } from './network-encoder.ts';
import { checkShapes } from './networks/check-shapes.ts';
import { networks } from './networks/index.ts';
import { networkAnswers } from './predict/network-answers.ts';
import { pointAnswers } from './segment/point-answers.ts';

const tracks = simulate({ model: 'brownian', count: 3, length: 64, dim: 2, seed: 1 });
const features = standardFeatures(tracks, ['alpha', 'straightness']);

describe('networkEncoder', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  it.each(networks.filter(({ input }) => input))(
    'feeds $name with what it takes',
    async ({ name, optionsFor, build }) => {
      const encode = encoder(networkEncoder(name, { dim: 2, length: 64, features }));
      const kind = name === 'segmenter' ? 'points' : 'classes';
      const output = { kind, classes: ['a', 'b', 'c'] } as const;
      const built = build(optionsFor({ encoder: encode, output }));
      checkShapes({ name, network: built, encoder: encode, output });
      const ask = kind === 'points' ? pointAnswers : networkAnswers;
      const answers = await ask(built, encode, tracks, [0, 1, 2]);
      expect(answers.length % 3).toBe(0);
      expect(answers.every(Number.isFinite)).toBe(true);
      disposeNetwork(built);
    },
  );

  it('gives WADNet standardised positions of any length, without features', () => {
    expect(networkEncoder('wadnet', { dim: 3, length: 999, features })).toEqual({
      kind: 'standardized',
      dim: 3,
      length: null,
    });
  });

  it('pads for a network of one length', () => {
    expect(networkEncoder('cnn', { dim: 1, length: 320 })).toEqual({
      kind: 'standardized',
      dim: 1,
      length: 320,
    });
  });

  it('names the networks of tracks where one takes pictures', () => {
    expect(() => networkEncoder('lipnet', { dim: 2, length: 28 })).toThrow(
      "model 'lipnet' takes pictures: expected one that takes tracks, resnet, xresnet, wadnet,",
    );
  });
});
