import { selectTracks, summarizeTracks, Tracks } from './index.ts';
import { three } from './operations.fixture.ts';

describe('summarizeTracks', () => {
  it('counts tracks, points, places where frames are missing, and lengths', () => {
    expect(summarizeTracks(three)).toEqual({
      tracks: 3,
      points: 8,
      dim: 2,
      lengths: { min: 1, median: 3, max: 4 },
      gaps: 2,
      missing: 12,
      dt: 0.03,
      units: { position: 'µm', time: 's' },
    });
  });

  it('takes the mean of the middle two lengths, and 0 where there are none', () => {
    expect(summarizeTracks(selectTracks(three, [0, 2])).lengths.median).toBe(2);
    expect(summarizeTracks(selectTracks(three, [])).lengths).toEqual({ min: 0, median: 0, max: 0 });
  });

  it('finds no gaps where the frames count from 0', () => {
    const { frames: _, ...plain } = three.data;
    expect(summarizeTracks(new Tracks(plain)).gaps).toBe(0);
  });
});
