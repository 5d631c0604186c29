import { columnValue, selectTracks, TracksError } from './index.ts';
import { three } from './operations.fixture.ts';

describe('selectTracks', () => {
  it('keeps the order asked for, and every column', () => {
    const two = selectTracks(three, [2, 0]);
    expect(two.at(0)).toEqual({ ...three.at(2), index: 0 });
    expect(two.at(1)).toEqual({ ...three.at(0), index: 1 });
    expect([...(two.pointColumns.sigma as Float32Array)]).toEqual([8, 1, 2, 3]);
    expect([0, 1, 2, 3].map((i) => columnValue(two.pointColumns.state, i)).join('')).toBe('caab');
    expect([...(two.trackColumns.alpha as Float64Array)]).toEqual([0.3, 0.1]);
    expect(columnValue(two.trackColumns.label, 0)).toBe('ND');
    expect(two).toMatchObject({ dim: 2, dt: 0.03, positionUnit: 'µm', timeUnit: 's' });
    expect(two.pointColumns.sigma.constructor.name).toBe('Float32Array');
  });

  it('gives an empty set for no index, and names one that is not there', () => {
    expect(selectTracks(three, []).count).toBe(0);
    expect(() => selectTracks(three, [0, 3])).toThrow(TracksError);
    expect(() => selectTracks(three, [0, 3])).toThrow(
      'indices[1] is 3: expected an integer from 0 to 2',
    );
  });
});
