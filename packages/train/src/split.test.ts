import { gajowczyk2021 } from '@diffusion/simulate';
import type { TextColumn } from '@diffusion/tracks';
import { TrainError } from './errors.ts';
import { splitTracks } from './split.ts';

const tracks = gajowczyk2021({ count: 200, seed: 1 }).generate();
const ids = (part: { trackColumns: Record<string, unknown> }) => [
  ...(part.trackColumns.track as Float64Array),
];

describe('splitTracks', () => {
  const parts = splitTracks(tracks, [0.7, 0.15, 0.15], 5);

  it('gives every track to one part', () => {
    expect(parts.flatMap(ids).sort((a, b) => a - b)).toEqual(ids(tracks));
  });

  it('keeps the shares of every label', () => {
    const counts = parts.map((part) => {
      const perClass = [0, 0, 0, 0];
      for (const code of (part.trackColumns.label as TextColumn).codes) perClass[code]++;
      return perClass;
    });
    expect(counts[0]).toEqual([35, 35, 35, 35]);
    expect(counts[1].map((n, k) => n + counts[2][k])).toEqual([15, 15, 15, 15]);
  });

  it('gives the same parts for ever', () => {
    expect(parts[1].count).toBe(32);
    expect(ids(parts[1]).slice(0, 8)).toMatchInlineSnapshot(`
      [
        10,
        26,
        28,
        35,
        41,
        45,
        46,
        51,
      ]
    `);
  });

  it('refuses a seed that is no integer', () => {
    expect(() => splitTracks(tracks, [0.5, 0.5], 0.5)).toThrow(
      new TrainError('seed is 0.5: expected an integer from -9007199254740991 to 9007199254740991'),
    );
  });

  it('is decided by the seed', () => {
    expect(splitTracks(tracks, [0.7, 0.15, 0.15], 5).map(ids)).toEqual(parts.map(ids));
    expect(splitTracks(tracks, [0.7, 0.15, 0.15], 6).map(ids)).not.toEqual(parts.map(ids));
  });

  it('refuses shares that are none', () => {
    expect(() => splitTracks(tracks, [0.5, 0.6], 1)).toThrow(
      'shares are 0.5, 0.6: expected positive numbers with sum 1',
    );
  });
});
