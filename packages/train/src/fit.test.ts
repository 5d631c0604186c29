import { useBackend } from '@diffusion/backends';
import { type EncoderRequest, type Output, standardFeatures } from '@diffusion/models';
import { andi2020, gajowczyk2021 } from '@diffusion/simulate';
import { augmentTracks, noAugmentation } from './augment/augment.ts';
import { fit } from './fit.ts';
import { freshTracks } from './fresh-tracks.ts';

const set = andi2020({ task: 2, dim: 1, count: 24, seed: 3 });
const classes: Output = { kind: 'classes', classes: [...set.classes] };
const source = freshTracks(set, 24);
const features = standardFeatures(source.take(0, 0, 24), ['alpha']);

const trained = async (
  name: string,
  options: Record<string, unknown> = {},
  output: Output = classes,
) => {
  const { model } = await fit({
    network: { name, options },
    output,
    encoder: { kind: 'motion', dim: 1, length: 999, features },
    source,
    recipe: {
      epochs: 1,
      batchSize: 24,
      learningRate: 1e-3,
      seed: 1,
      augmentation: noAugmentation,
    },
    data: {},
  });
  const { network } = model.card as unknown as {
    network: { options: Record<string, unknown> };
  };
  model.dispose();
  return network.options;
};

beforeAll(() => useBackend('wasm'));

describe('fit', () => {
  it('gives a network what follows from the tracks', async () => {
    expect(await trained('resnet', { filters: 8, depth: 1 })).toMatchObject({
      dimension: 1,
      channels: 4,
      classes: 5,
      filters: 8,
    });
    expect(await trained('multiscale', { widths: [8, 8] })).toMatchObject({
      task: 'class',
      dim: 1,
    });
    const alpha: Output = { kind: 'exponent' };
    expect(await trained('multiscale', { widths: [8, 8] }, alpha)).toMatchObject({
      task: 'exponent',
    });
  });

  it.each([
    ['picture', { dimension: 2, channels: 1, length: 600 }],
    ['flattened', { dimension: 1, channels: 1, length: 1200 }],
  ])('trains XResNet on tracks as %s', async (kind, follows) => {
    const four = gajowczyk2021({ count: 8, seed: 3 });
    const { model, history } = await fit({
      network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
      output: { kind: 'classes', classes: [...four.classes] },
      encoder: { kind, dim: 2, length: 600, options: { scale: 'none' } },
      source: freshTracks(four, 8),
      recipe: { epochs: 1, batchSize: 4, learningRate: 1e-3, seed: 1 },
      data: {},
    });
    expect(history).toHaveLength(1);
    expect(model.card.network.options).toMatchObject({ ...follows, features: 0 });
    expect(model.card.domain.maxLength).toBe(600);
    model.dispose();
  });

  it('makes features standard that it is given by their names, by the tracks that training shows', async () => {
    const encoderOf = async (features: EncoderRequest['features']) => {
      const { model } = await fit({
        network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
        output: classes,
        encoder: { kind: 'flattened', dim: 1, length: 999, features },
        source,
        recipe: {
          epochs: 1,
          batchSize: 24,
          learningRate: 1e-3,
          seed: 1,
          augmentation: { rotate: true, cutShare: 0.5, minLength: 30 },
        },
        data: {},
      });
      model.dispose();
      expect(model.card.network.options.features).toBe(features?.length);
      return model.card.encoder;
    };
    const whole = { ...noAugmentation, rotate: true, cutShare: 0.5, minLength: 30 };
    const shown = augmentTracks(source.take(0, 0, 24), whole, 1, 0);
    const expected = standardFeatures(shown, ['efficiency', 'msdLag20']);
    expect((await encoderOf(['efficiency', 'msdLag20'])).features).toEqual(expected);
    const [given] = features;
    expect((await encoderOf(['efficiency', given])).features).toEqual([expected[0], given]);
    expect((await encoderOf([])).features).toEqual([]);
    await expect(encoderOf(['speeed' as 'efficiency'])).rejects.toThrow('speeed');
  });

  it('says in one line why a network cannot learn from tracks', async () => {
    await expect(trained('lipnet')).rejects.toThrow(
      'lipnet takes pictures: it cannot learn from tracks',
    );
    await expect(trained('xresnet', { classes: 7 })).rejects.toThrow(
      'xresnet option classes is 7: expected 5, which follows from the tracks, or left out',
    );
    await expect(trained('multiscale', { task: 'both' })).rejects.toThrow(
      'multiscale option task is "both": expected "class"',
    );
    await expect(trained('xresnet', { kernelSize: 4 })).rejects.toThrow('kernelSize is 4');
    await expect(trained('kowalek', {}, { kind: 'exponent' })).rejects.toThrow(
      'kowalek answers with classes alone: it cannot learn an exponent',
    );
  });
});
