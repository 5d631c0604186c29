import { columnValue, joinTracks, selectTracks, Tracks, TracksError, textColumn } from './index.ts';
import { three } from './operations.fixture.ts';

describe('joinTracks', () => {
  it('undoes taking apart, with every column', () => {
    const parts = [0, 1, 2].map((i) => selectTracks(three, [i]));
    expect(joinTracks(parts).data).toEqual(three.data);
    expect(joinTracks([three])).toBe(three);
  });

  it('joins dictionaries and leaves the numbers of the first one', () => {
    const other = new Tracks({
      ...three.data,
      trackColumns: { ...three.trackColumns, label: textColumn(['DM', 'ND', 'CD']) },
    });
    const { label } = joinTracks([three, other]).trackColumns;
    expect([0, 1, 2, 3, 4, 5].map((i) => columnValue(label, i))).toEqual([
      'ND',
      'CD',
      'ND',
      'DM',
      'ND',
      'CD',
    ]);
    expect('dictionary' in label && label.dictionary).toEqual(['ND', 'CD', 'DM']);
  });

  it('writes out the frames of a set that counts them from 0', () => {
    const { frames, ...plain } = three.data;
    const joined = joinTracks([new Tracks(plain), three]);
    expect([...joined.frames!]).toEqual([0, 1, 2, 0, 1, 2, 3, 0, ...frames!]);
    expect(joinTracks([new Tracks(plain), new Tracks(plain)]).frames).toBeUndefined();
  });

  it.each([
    [{ dt: 0.05 }, 'set 1: dt is 0.05: expected 0.03 as in set 0'],
    [{ positionUnit: 'pixel' }, "set 1: positionUnit is 'pixel': expected 'µm' as in set 0"],
    [{ timeUnit: 'ms' }, "set 1: timeUnit is 'ms': expected 's' as in set 0"],
    [
      { dim: 1 as const, positions: new Float64Array(8) },
      'set 1: dim is 1: expected 2 as in set 0',
    ],
    [
      { trackColumns: {} },
      'set 1: trackColumns.alpha is missing: expected Float64Array as in set 0',
    ],
    [
      { pointColumns: { ...three.pointColumns, state: new Int8Array(8) } },
      'set 1: pointColumns.state is Int8Array: expected text as in set 0',
    ],
  ])('refuses sets that differ: %j', (change, message) => {
    const join = () => joinTracks([three, new Tracks({ ...three.data, ...change })]);
    expect(join).toThrow(TracksError);
    expect(join).toThrow(message);
  });

  it('takes an interval that differs by its rounding only', () => {
    const nearly = new Tracks({ ...three.data, dt: 0.03 * (1 + 1e-9) });
    expect(joinTracks([three, nearly]).dt).toBe(0.03);
    expect(() => joinTracks([])).toThrow('list is empty: expected at least one set of tracks');
  });
});
