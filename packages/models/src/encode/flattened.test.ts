import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import { disposeNetwork } from '../dispose-network.ts';
import { checkShapes } from '../networks/check-shapes.ts';
import { chosenOptions } from '../networks/chosen-options.ts';
import { parameterCount } from '../networks/parameter-count.ts';
import { networkAnswers } from '../predict/network-answers.ts';
import { networkByName } from '../registry.ts';
import { autocorrelation } from './autocorrelation.ts';
import { encoder } from './encoder.ts';
import type { StandardFeature } from './specification.ts';

const tracksOf = (
  positions: readonly number[],
  dim: 1 | 2 | 3,
  frames?: readonly number[],
): Tracks =>
  new Tracks({
    positions: Float64Array.from(positions),
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
    ...(frames && { frames: Int32Array.from(frames) }),
  });

const raw = { scale: 'none' } as const;
// Steps (3, 4) and (0, −5) from (1, 1): 50 over two steps and two coordinates, s² = 12.5.
const corner = tracksOf([1, 1, 4, 5, 4, 0], 2);
const walks = simulate({ model: 'brownian', count: 4, length: 40, dim: 2, seed: 5 });

describe('picture and flattened', () => {
  it('give positions from the first point, as they are or in root mean square displacements', () => {
    const picture = encoder({ kind: 'picture', dim: 2, length: 4, options: raw });
    expect([...picture.encode(corner).inputs]).toEqual([0, 0, 3, 4, 3, -1, 0, 0]);
    const scaled = encoder({ kind: 'picture', dim: 2, length: 4 }).encode(corner).inputs;
    const s = Math.sqrt(12.5);
    const expected = [0, 0, 3 / s, 4 / s, 3 / s, -1 / s, 0, 0];
    for (const [i, x] of expected.entries()) expect(scaled[i]).toBeCloseTo(x, 6);
  });

  it('lay the same numbers out point after point, or coordinate after coordinate', () => {
    const flat = encoder({ kind: 'flattened', dim: 2, length: 4, options: raw });
    expect([...flat.encode(corner).inputs]).toEqual([0, 0, 3, 4, 3, -1, 0, 0]);
    const options = { ...raw, order: 'coordinates' };
    const columns = encoder({ kind: 'flattened', dim: 2, length: 4, options });
    expect([...columns.encode(corner).inputs]).toEqual([0, 3, 3, 0, 0, 4, -1, 0]);
    const whole = encoder({ kind: 'flattened', dim: 2, length: null, options });
    expect([...whole.encode(corner).inputs]).toEqual([0, 3, 3, 0, 4, -1]);
  });

  it.each([1, 2, 3] as const)('take tracks of %i dimensions', (dim) => {
    const tracks = simulate({ model: 'fbm', alpha: 0.7, count: 3, length: 20, dim, seed: 2 });
    for (const kind of ['picture', 'flattened']) {
      const encode = encoder({ kind, dim, length: 25, options: { lags: [1, 2] } });
      const { inputs } = encode.encode(tracks);
      expect(encode.channels).toBe(3);
      expect(inputs).toHaveLength(3 * 25 * dim * 3);
      // The last coordinate of the last point of the last track, and the padding behind it.
      const at = (2 * 25 + 19) * dim * 3 + (dim - 1) * 3;
      expect(inputs[at]).not.toBe(0);
      expect(inputs[at + 1]).toBe(Math.fround(autocorrelation(tracks.at(2), dim - 1, 1)));
      expect(inputs[at + 2]).toBe(Math.fround(autocorrelation(tracks.at(2), dim - 1, 2)));
      expect(inputs.subarray(at + 3).every((x) => x === 0)).toBe(true);
    }
  });

  it('know no origin, and no unit unless they are asked for it', () => {
    const moved = new Tracks({
      ...walks.data,
      positions: walks.positions.map((x) => 1e-6 * x + 3),
    });
    for (const kind of ['picture', 'flattened']) {
      const scaled = encoder({ kind, dim: 2, length: 40, options: { lags: [8] } });
      const [before, after] = [walks, moved].map((tracks) => scaled.encode(tracks).inputs);
      after.forEach((x, i) => {
        expect(x).toBeCloseTo(before[i], 4);
      });
      const asTheyAre = encoder({ kind, dim: 2, length: 40, options: raw });
      const [large, small] = [walks, moved].map((tracks) => asTheyAre.encode(tracks).inputs);
      small.forEach((x, i) => {
        expect(x).toBeCloseTo(1e-6 * large[i], 10);
      });
    }
  });

  it('leave missing frames out of the positions; a displacement over k frames counts as √k', () => {
    const gap = tracksOf([0, 2, 6], 1, [0, 1, 5]);
    const inputs = encoder({ kind: 'flattened', dim: 1, length: 4 }).encode(gap).inputs;
    // s² = (2² ÷ 1 + 4² ÷ 4) ÷ 2.
    [0, 1, 3, 0].forEach((x, i) => {
      expect(inputs[i]).toBeCloseTo(x, 6);
    });
    const alone = encoder({ kind: 'flattened', dim: 1, length: 4, options: raw });
    expect(alone.encode(gap)).toEqual(alone.encode(tracksOf([0, 2, 6], 1)));
  });

  it('are 0 for a track at rest, and finite for steps of any size', () => {
    const still = encoder({ kind: 'picture', dim: 1, length: 3, options: { lags: [1] } });
    expect([...still.encode(tracksOf([7, 7, 7], 1)).inputs]).toEqual([0, 0, 0, 0, 0, 0]);
    for (const unit of [1e-200, 1e200]) {
      const { inputs } = encoder({ kind: 'flattened', dim: 1, length: 3 }).encode(
        tracksOf([0, unit, -unit], 1),
      );
      expect(inputs[1]).toBeCloseTo(1 / Math.sqrt(2.5), 5);
    }
  });

  it('refuse lags that are none, and a scale that there is not', () => {
    const options = (of: Record<string, unknown>) =>
      encoder({ kind: 'flattened', dim: 2, length: 9, options: of as { lags: number[] } });
    expect(() => options({ lags: [0] })).toThrow(
      'encoder flattened option lags is [0]: expected a list of integers from 1 to 1000000',
    );
    expect(() => options({ scale: 'pixels' })).toThrow(
      'encoder flattened option scale is "pixels": expected one of steps, none',
    );
  });
});

describe('the networks of Gajowczyk & Szwabiński 2021, by what they see', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
  const named = (...names: string[]): StandardFeature[] =>
    names.map((name) => ({ name, mean: 0, deviation: 1 }));
  const all = ['asymmetry', 'efficiency', 'fractalDimension', 'straightness'];
  const baseline = { depth: 3, kernelSize: 3, filters: 64 };
  const wide = (kernelSize: number) => ({ kernelSize, filters: 64 });
  const paper = { lags: [8, 16, 24] };
  const cases: [string, 'picture' | 'flattened', string, object, string[], object, number][] = [
    ['Table 3', 'picture', 'resnet', { depth: 4 }, [], {}, 11_177_092],
    ['Table 3', 'picture', 'xresnet', { ...baseline, depth: 4 }, [], {}, 11_220_420],
    ['Table 4, depth 3', 'picture', 'xresnet', baseline, [], {}, 2_823_108],
    ['Table 4, depth 2', 'picture', 'xresnet', { ...baseline, depth: 2 }, [], {}, 721_604],
    ['Table 5, 1 × 1', 'picture', 'xresnet', { ...baseline, kernelSize: 1 }, [], {}, 357_188],
    ['Table 6, 1 × 3', 'flattened', 'xresnet', wide(3), [], {}, 973_668],
    ['Table 6, 1 × 5', 'flattened', 'xresnet', wide(5), [], {}, 1_590_148],
    ['Table 6, 1 × 7', 'flattened', 'xresnet', wide(7), [], {}, 2_206_628],
    ['Table 6, 1 × 9', 'flattened', 'xresnet', wide(9), [], {}, 2_823_108],
    ['Table 6, 1 × 11', 'flattened', 'xresnet', wide(11), [], {}, 3_439_588],
    ['Table 7, 32 maps', 'flattened', 'xresnet', {}, [], {}, 399_556],
    ['Table 7, 16 maps', 'flattened', 'xresnet', { filters: 16 }, [], {}, 100_900],
    ['Table 8, asymmetry', 'flattened', 'xresnet', {}, all.slice(0, 1), {}, 399_560],
    ['Table 8, all', 'flattened', 'xresnet', {}, all, {}, 399_572],
    ['Table 9', 'flattened', 'xresnet', {}, [], paper, 401_872],
  ];

  it.each(cases)(
    '%s: %s before %s %j, beside %j, %j: %i parameters',
    (_, kind, name, chosen, features, options, parameters) => {
      const encode = encoder({
        kind,
        dim: 2,
        length: 600,
        options: { ...options },
        features: named(...features),
      });
      const network = networkByName(name);
      const built = network.build(
        chosenOptions(network, { ...chosen }, { encoder: encode, output }, 1),
      );
      checkShapes({ name, network: built, encoder: encode, output });
      expect(parameterCount(built)).toBe(parameters);
      disposeNetwork(built);
    },
  );

  it.each(['picture', 'flattened'] as const)(
    'answer for tracks as %s, each as it would alone',
    async (kind) => {
      const short = simulate({ model: 'brownian', count: 3, length: 31, dim: 2, seed: 6 });
      const tracks = joinTracks([walks, short]);
      const encode = encoder({ kind, dim: 2, length: 50, options: { lags: [8] } });
      const network = networkByName('xresnet');
      const chosen = chosenOptions(network, { filters: 8 }, { encoder: encode, output }, 1);
      expect(chosen).toMatchObject(
        kind === 'picture'
          ? { dimension: 2, channels: 2, length: 50 }
          : { dimension: 1, channels: 2, length: 100 },
      );
      const built = network.build(chosen);
      const rows = Array.from({ length: 7 }, (_, i) => i);
      const together = await networkAnswers(built, encode, tracks, rows);
      const last = await networkAnswers(built, encode, selectTracks(tracks, [6]), [0]);
      last.forEach((p, k) => {
        expect(p).toBeCloseTo(together[24 + k], 5);
      });
      disposeNetwork(built);
    },
  );

  it('are refused what they do not take', () => {
    const picture = encoder({ kind: 'picture', dim: 2, length: 50 });
    const network = networkByName('cnn').build({ length: 50, channels: 1, classes: 4 });
    expect(() => checkShapes({ name: 'cnn', network, encoder: picture, output })).toThrow(
      "network 'cnn' takes 50 × 1 numbers per track: encoder 'picture' gives 50 × 2 × 1 (points × coordinates × channels)",
    );
    disposeNetwork(network);
  });
});
