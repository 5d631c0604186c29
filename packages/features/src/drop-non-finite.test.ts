import { Tracks } from '@diffusion/tracks';
import { dropNonFinite } from './drop-non-finite.ts';
import { features } from './features.ts';

describe('dropNonFinite', () => {
  const tracks = new Tracks({
    positions: Float64Array.of(0, 0, Number.NaN, 1, 2, 2, 5, 5, 6, Number.NEGATIVE_INFINITY),
    offsets: Uint32Array.of(0, 3, 5),
    dim: 2,
    pointColumns: { quality: Float32Array.of(1, 2, 3, 4, 5) },
  });

  it('leaves a gap for every such point', () => {
    const left = dropNonFinite(tracks);
    expect(Array.from(left.positions)).toEqual([0, 0, 2, 2, 5, 5]);
    expect(Array.from(left.offsets)).toEqual([0, 2, 3]);
    expect(Array.from(left.frames ?? [])).toEqual([0, 2, 0]);
    expect(Array.from(left.pointColumns.quality as Float32Array)).toEqual([1, 3, 4]);
    expect(() => features(tracks)).toThrow('track 0, point 1');
    const columns = features(left, { names: ['duration', 'pathLength'] });
    expect(Array.from(columns.duration)).toEqual([2, 0]);
    expect(columns.pathLength[0]).toBeNaN();
  });

  it('gives a set without such points as it is', () => {
    const left = dropNonFinite(tracks);
    expect(dropNonFinite(left)).toBe(left);
  });
});
