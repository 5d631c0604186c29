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

  it('names the option where columns differ', () => {
    const bare = new Tracks({ ...three.data, trackColumns: {} });
    expect(() => joinTracks([three, bare], { names: ['a.csv', 'b.csv'] })).toThrow(
      "b.csv: trackColumns.alpha is missing: expected Float64Array as in a.csv (or columns: 'common', those that all sets have, or 'fill')",
    );
    expect(() => joinTracks([three, bare], { columns: 'all' as 'fill' })).toThrow(
      "columns is 'all': expected same, common or fill",
    );
    expect(() => joinTracks([three, bare], { colums: 'fill' } as object)).toThrow(
      'colums is "fill": unknown option; did you mean columns?',
    );
  });

  const other = new Tracks({
    ...three.data,
    pointColumns: { state: textColumn([...'dddddddd']), frame_ms: Int16Array.from({ length: 8 }) },
    trackColumns: { D: Float32Array.of(1, 2, 3), label: textColumn(['CD', 'DM', 'ND']) },
  });

  it('keeps the columns that all sets have', () => {
    const joined = joinTracks([three, other], { columns: 'common' });
    expect(Object.keys(joined.pointColumns)).toEqual(['state']);
    expect(Object.keys(joined.trackColumns)).toEqual(['label']);
    const { label } = joined.trackColumns;
    expect([0, 3, 4].map((i) => columnValue(label, i))).toEqual(['ND', 'CD', 'DM']);
    expect(joined.count).toBe(6);
  });

  it('keeps all columns, and fills what is missing', () => {
    const bare = new Tracks({ ...three.data, pointColumns: {}, trackColumns: {} });
    const joined = joinTracks([bare, three, other], { columns: 'fill' });
    const { alpha, label, D } = joined.trackColumns;
    const { sigma, state, frame_ms } = joined.pointColumns;
    expect([...(alpha as Float64Array)]).toEqual([NaN, NaN, NaN, 0.1, 0.2, 0.3, NaN, NaN, NaN]);
    expect([D.constructor, sigma.constructor, frame_ms.constructor]).toEqual([
      Float32Array,
      Float32Array,
      Float64Array,
    ]);
    expect([...(frame_ms as Float64Array)].slice(14)).toEqual([NaN, NaN, ...new Array(8).fill(0)]);
    expect([0, 3, 6].map((i) => columnValue(label, i))).toEqual(['', 'ND', 'CD']);
    // A missing text comes last, so that the classes keep their numbers.
    expect('dictionary' in label && label.dictionary).toEqual(['ND', 'CD', 'DM', '']);
    expect(columnValue(state, 23)).toBe('d');
  });

  it('joins numbers of different types as doubles, and no numbers with text', () => {
    const single = new Tracks({
      ...three.data,
      trackColumns: { ...three.trackColumns, alpha: Float32Array.of(0.5, 1, 2) },
    });
    const { alpha } = joinTracks([three, single], { columns: 'common' }).trackColumns;
    expect(alpha).toEqual(Float64Array.of(0.1, 0.2, 0.3, 0.5, 1, 2));
    const numbered = new Tracks({ ...three.data, trackColumns: { label: Uint8Array.of(0, 1, 0) } });
    expect(() => joinTracks([three, numbered], { columns: 'fill' })).toThrow(
      'set 1: trackColumns.label has numbers: expected text as in set 0',
    );
  });

  it('takes an interval that differs by its rounding only', () => {
    const nearly = new Tracks({ ...three.data, dt: 0.03 * (1 + 1e-9) });
    expect(joinTracks([three, nearly]).dt).toBe(0.03);
    expect(() => joinTracks([])).toThrow('list is empty: expected at least one set of tracks');
  });
});
