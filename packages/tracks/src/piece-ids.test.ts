import { textColumn } from './column.ts';
import { withPieceIds } from './piece-ids.ts';
import { splitGaps } from './split-gaps.ts';
import { Tracks } from './tracks.ts';

const tracks = new Tracks({
  positions: Float64Array.from({ length: 10 }, (_, i) => i),
  offsets: Uint32Array.of(0, 3, 5),
  dim: 2,
  frames: Int32Array.of(0, 1, 9, 0, 1),
  trackColumns: { track: Float64Array.of(7, 8) },
});
const ids = (set: Tracks) => set.trackColumns.track;

describe('withPieceIds', () => {
  it('leaves ids alone that are all different', () => {
    expect(withPieceIds(tracks)).toBe(tracks);
  });

  it('numbers the pieces of a track', () => {
    expect(ids(withPieceIds(splitGaps(tracks, 0)))).toEqual(textColumn(['7.1', '7.2', '8']));
  });

  it('takes the same id in two files for two tracks', () => {
    const files = new Tracks({
      ...tracks.data,
      trackColumns: { file: textColumn(['a', 'b']), track: Float64Array.of(7, 7) },
    });
    expect(withPieceIds(files)).toBe(files);
  });
});
