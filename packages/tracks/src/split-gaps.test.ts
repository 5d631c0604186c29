import fc from 'fast-check';
import { splitGaps, summarizeTracks, Tracks } from './index.ts';
import { three } from './operations.fixture.ts';

describe('splitGaps', () => {
  it('cuts where more frames are missing, and copies the row of the track', () => {
    const framesAfter = (missing: number) =>
      [...splitGaps(three, missing)].map((track) => [...track.frames!]);
    expect(framesAfter(0)).toEqual([[0, 1, 2], [5], [8, 9], [20], [3]]);
    expect(framesAfter(2)).toEqual([[0, 1, 2], [5, 8, 9], [20], [3]]);
    expect(framesAfter(10)).toEqual([[0, 1, 2], [5, 8, 9, 20], [3]]);
    const { trackColumns, pointColumns } = splitGaps(three, 2);
    expect([...(trackColumns.alpha as Float64Array)]).toEqual([0.1, 0.2, 0.2, 0.3]);
    expect(pointColumns).toEqual(three.pointColumns);
  });

  it('leaves no gap longer than allowed, and every point in its order', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.nat(5), (jumps, missing) => {
        let frame = 0;
        const frames = Int32Array.from(jumps, (jump) => (frame += jump));
        const one = new Tracks({
          positions: Float64Array.from(frames),
          offsets: Uint32Array.of(0, frames.length),
          dim: 1,
          frames,
        });
        const pieces = splitGaps(one, missing);
        expect(pieces.positions).toEqual(one.positions);
        expect(pieces.frames).toEqual(one.frames);
        for (const piece of pieces) {
          piece.frames!.forEach((f, i, all) => {
            if (i > 0) expect(f - all[i - 1] - 1).toBeLessThanOrEqual(missing);
          });
        }
        expect(pieces.count).toBe(1 + jumps.slice(1).filter((jump) => jump - 1 > missing).length);
        if (missing === 0) expect(summarizeTracks(pieces).gaps).toBe(0);
      }),
    );
  });

  it('names what is no number of frames', () => {
    expect(() => splitGaps(three, -1)).toThrow('missing is -1: expected an integer from 0');
  });
});
