import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { encoder } from './encoder.ts';
import { standardFeatures } from './standard-features.ts';

/** Brownian tracks of given lengths. */
function walks(lengths: readonly number[], dim: 1 | 2 | 3 = 2): Tracks {
  const offsets = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    offsets[i + 1] = offsets[i] + length;
  });
  const positions = new Float64Array(offsets[lengths.length] * dim);
  const random = keyedRandom(5);
  for (let i = dim; i < positions.length; i++) positions[i] = positions[i - dim] + random.normal();
  return new Tracks({ positions, offsets, dim });
}

describe('encoder', () => {
  const tracks = walks([12, 30, 20]);

  it('encodes each track alone: any selection in any order gives the same rows', () => {
    const encode = encoder({
      kind: 'motion',
      dim: 2,
      length: 30,
      features: standardFeatures(tracks, ['alpha', 'vacf1']),
    });
    const all = encode.encode(tracks);
    const some = encode.encode(tracks, [2, 0]);
    const row = 30 * encode.channels;
    expect(some.inputs.subarray(0, row)).toEqual(all.inputs.subarray(2 * row, 3 * row));
    expect(some.inputs.subarray(row)).toEqual(all.inputs.subarray(0, row));
    expect([...some.features]).toEqual([
      ...all.features.subarray(6, 9),
      ...all.features.subarray(0, 3),
    ]);
  });

  it('pads standardised positions with zeros, their mean', () => {
    const { inputs } = encoder({ kind: 'standardized', dim: 2, length: 30 }).encode(tracks, [0]);
    const alone = encoder({ kind: 'standardized', dim: 2, length: null }).encode(tracks, [0]);
    expect(inputs.subarray(0, 12 * 2)).toEqual(alone.inputs);
    expect(inputs.subarray(12 * 2).every((value) => value === 0)).toBe(true);
  });

  it('pads with zeros', () => {
    const { inputs } = encoder({ kind: 'motion', dim: 2, length: 30 }).encode(tracks, [0]);
    expect(inputs.subarray(12 * 6).every((value) => value === 0)).toBe(true);
    expect(inputs[11 * 6 + 4]).toBe(1);
  });

  it('makes features standard over the tracks they were measured on', () => {
    const many = walks(Array.from({ length: 200 }, (_, i) => 20 + (i % 50)));
    const standard = standardFeatures(many, ['straightness']);
    const { features } = encoder({ kind: 'motion', dim: 2, length: 69, features: standard }).encode(
      many,
    );
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < many.count; i++) {
      sum += features[2 * i + 1];
      squares += features[2 * i + 1] ** 2;
    }
    expect(sum / many.count).toBeCloseTo(0, 4);
    expect(squares / many.count).toBeCloseTo(1, 1);
  });

  it('says what does not fit', () => {
    const encode = encoder({ kind: 'motion', dim: 2, length: 20 });
    expect(() => encode.encode(tracks)).toThrow('track 1 has 30 points: the model sees at most 20');
    expect(() => encode.encode(walks([5], 3))).toThrow('tracks have dim 3: the model sees dim 2');
    expect(() => encoder({ kind: 'motion', dim: 2, length: 1 })).toThrow('encoder length is 1');
    expect(() => encoder({ kind: 'pixels' as 'motion', dim: 2, length: 9 })).toThrow(
      "kind is 'pixels'",
    );
    expect(() => encoder({ kind: 'own', dim: 2, length: null })).toThrow(
      "kind is 'own': give the encoder",
    );
    expect(() => encoder({ kind: 'multiscale', dim: 2, length: 9 as unknown as null })).toThrow(
      'encoder length is 9',
    );
  });

  it.each([
    { kind: 'motion', dim: 2, length: null },
    { kind: 'multiscale', dim: 2, length: null },
    { kind: 'standardized', dim: 2, length: null },
  ] as const)(
    'gives rows as long as their tracks for %j, of one length in a batch',
    (specification) => {
      const encode = encoder(specification);
      for (const i of [0, 1, 2]) {
        const { length, inputs } = encode.encode(tracks, [i]);
        expect(length).toBe(tracks.lengthOf(i));
        expect(inputs.length).toBe(length * encode.channels);
      }
      expect(() => encode.encode(tracks)).toThrow(
        'track 1 has 30 points: expected 12 as in the first of its batch',
      );
    },
  );

  it('puts standard features behind those of the multiscale encoding', () => {
    const features = standardFeatures(tracks, ['alpha']);
    const encode = encoder({ kind: 'multiscale', dim: 2, length: null, features });
    expect(encode.features).toBe(4);
    const alone = encoder({ kind: 'multiscale', dim: 2, length: null }).encode(
      tracks,
      [1],
    ).features;
    const beside = encode.encode(tracks, [1]).features;
    expect([...beside.subarray(0, 3)]).toEqual([...alone]);
    expect(beside[3]).not.toBe(0);
  });
});
