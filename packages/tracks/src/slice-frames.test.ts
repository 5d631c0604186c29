import { framesOf, sliceFrames, Tracks } from './index.ts';
import { three } from './operations.fixture.ts';

describe('sliceFrames', () => {
  it('keeps the frames from … to, both included, with their numbers and columns', () => {
    const slice = sliceFrames(three, { from: 2, to: 8 });
    expect([...slice].map((track) => [...track.frames!])).toEqual([[2], [5, 8], [3]]);
    expect([...slice.at(1).positions]).toEqual([...three.at(1).positions.subarray(0, 4)]);
    expect([...(slice.pointColumns.sigma as Float32Array)]).toEqual([3, 4, 5, 8]);
    expect([...(slice.trackColumns.alpha as Float64Array)]).toEqual([0.1, 0.2, 0.3]);
  });

  it('leaves out tracks without a point there', () => {
    const late = sliceFrames(three, { from: 5 });
    expect(late.count).toBe(1);
    expect([...(late.trackColumns.alpha as Float64Array)]).toEqual([0.2]);
    expect(sliceFrames(three, { from: 21 }).count).toBe(0);
    // Frame 6 is in a gap of track 1.
    expect(sliceFrames(three, { from: 6, to: 7 }).count).toBe(0);
  });

  it('counts the frames of a set without them from 0', () => {
    const { frames: _, ...plain } = three.data;
    expect([...framesOf(sliceFrames(new Tracks(plain), { from: 2 }))]).toEqual([2, 2, 3]);
  });

  it('names a bound that is none', () => {
    expect(() => sliceFrames(three, { from: 1.5 })).toThrow('from is 1.5: expected a frame number');
    expect(() => sliceFrames(three, { from: 3, to: 1 })).toThrow(
      'to is 1: expected at least from = 3',
    );
  });
});
