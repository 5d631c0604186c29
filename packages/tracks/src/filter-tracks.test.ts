import { filterTracks } from './index.ts';
import { three } from './operations.fixture.ts';

describe('filterTracks', () => {
  it('keeps the tracks for which the predicate is true', () => {
    const long = filterTracks(three, (track) => track.length >= 2);
    expect([...long].map((track) => track.length)).toEqual([3, 4]);
    expect([...(long.trackColumns.alpha as Float64Array)]).toEqual([0.1, 0.2]);
  });

  it('is the set itself where all are kept', () => {
    expect(filterTracks(three, () => true)).toBe(three);
  });
});
