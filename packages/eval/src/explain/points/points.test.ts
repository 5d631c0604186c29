import { Tracks } from '@diffusion/tracks';
import { mapAgreement } from '../faithfulness/map-agreement.ts';
import { rankCorrelation } from '../faithfulness/rank-correlation.ts';
import { mostRelevantPoints } from './relevant-points.ts';
import { shareWithin } from './share-within.ts';

const tracks = new Tracks({ positions: [0, 1, 2, 3, 4, 5, 6], offsets: [0, 4, 7], dim: 1 });

describe('mostRelevantPoints', () => {
  it('gives the largest numbers of each track, of equal ones the first one first', () => {
    const points = [0.1, 3, -4, 3, 1, 2, Number.NaN];
    expect(mostRelevantPoints(tracks, points, 3)).toEqual([
      Uint32Array.of(1, 3, 0),
      new Uint32Array(0),
    ]);
    expect(mostRelevantPoints(tracks, [1, 2, 3, 4, 5, 6, 7], 25)[1]).toEqual(
      Uint32Array.of(2, 1, 0),
    );
  });

  it('refuses what does not fit', () => {
    expect(() => mostRelevantPoints(tracks, [1], 3)).toThrow('points has 1 numbers: expected one');
    expect(() => mostRelevantPoints(tracks, new Float32Array(7), 0)).toThrow('n is 0: expected');
  });
});

describe('shareWithin', () => {
  it('is the share of what is positive', () => {
    const share = shareWithin(tracks, [1, 3, -9, 0, -1, -2, -3], [0, 1, 1, 0, 1, 1, 1]);
    expect(share[0]).toBe(0.75);
    expect(share[1]).toBeNaN();
    expect(shareWithin(tracks, [1, Number.NaN, 1, 1, 1, 1, 2], [1, 0, 0, 0, 0, 0, 1])[0]).toBeNaN();
  });
});

describe('rankCorrelation', () => {
  it('counts ties by their mean rank', () => {
    expect(rankCorrelation([1, 2, 3], [10, 30, 20])).toBeCloseTo(0.5, 12);
    // Ranks 1, 2½, 2½, 4, 5 and 2, 1, 3½, 3½, 5: by hand 7.25/9.5.
    expect(rankCorrelation([1, 2, 2, 5, 9], [3, 1, 4, 4, 7])).toBeCloseTo(7.25 / 9.5, 12);
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe('mapAgreement', () => {
  it('is 1 of equal maps, and the mean over tracks and pairs of others', () => {
    const map = [1, 2, 3, 4, 1, 2, 3];
    expect(mapAgreement(tracks, [map, map], { top: 2 })).toEqual({
      correlation: 1,
      overlap: 1,
      tracks: 2,
    });
    const other = [4, 3, 2, 1, 1, 2, 3];
    expect(mapAgreement(tracks, [map, other], { top: 2 })).toEqual({
      correlation: 0,
      overlap: 0.5,
      tracks: 2,
    });
    const part = [4, 3, 2, Number.NaN, 1, 2, 3];
    expect(mapAgreement(tracks, [map, part, map], { top: 1 }).tracks).toBe(1);
    expect(() => mapAgreement(tracks, [map])).toThrow('maps has 1: expected two or more');
  });
});
