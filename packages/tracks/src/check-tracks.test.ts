import { TracksError } from './errors.ts';
import { filterTracks, splitGaps, Tracks } from './index.ts';
import { checkTracks } from './messages.ts';

const tracks = new Tracks({
  positions: new Float64Array(4),
  offsets: Uint32Array.of(0, 2),
  dim: 2,
});

describe('checkTracks', () => {
  it('says what is no set of tracks', () => {
    checkTracks(tracks);
    expect(() => checkTracks(undefined as never)).toThrow(
      new TracksError('tracks is undefined: expected Tracks'),
    );
    expect(() => checkTracks([[0, 1]] as never, RangeError)).toThrow(
      new RangeError('tracks is [a list]: expected Tracks'),
    );
  });

  it('is what filterTracks and splitGaps ask first', () => {
    expect(() => filterTracks(null as never, () => true)).toThrow(
      'tracks is null: expected Tracks',
    );
    expect(() => splitGaps({} as never, 0)).toThrow('tracks is an object: expected Tracks');
  });
});

describe('a wrong second argument', () => {
  it('is quoted', () => {
    expect(() => filterTracks(tracks, { minLength: 10 } as never)).toThrow(
      new TracksError(
        'predicate is an object: expected a function of a track, as (track) => track.length >= 10',
      ),
    );
    expect(() => splitGaps(tracks, { missing: 2 } as never)).toThrow(
      new TracksError('missing is an object: expected an integer from 0'),
    );
  });
});
