import { readFileSync } from 'node:fs';
import { Tracks } from '@diffusion/tracks';
import { autocorrelation } from './autocorrelation.ts';

interface Case {
  readonly positions: readonly number[];
  readonly frames: readonly number[] | null;
  /** Per coordinate, in the order of the lags. */
  readonly rho: readonly (readonly number[])[];
}

/** Values of numpy, made by autocorrelation.fixture.py beside this file. */
const { lags, cases }: { lags: readonly number[]; cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('./autocorrelation.fixture.json', import.meta.url), 'utf8'),
);

const trackOf = (positions: readonly number[], dim: 1 | 2 | 3, frames?: readonly number[] | null) =>
  new Tracks({
    positions: Float64Array.from(positions),
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
    ...(frames && { frames: Int32Array.from(frames) }),
  }).at(0);

describe('autocorrelation', () => {
  it.each(
    cases.map(
      (each) => [each.positions.length / 2, each.frames ? 'with' : 'without', each] as const,
    ),
  )('is what numpy says of %i points %s gaps', (_, __, { positions, frames, rho }) => {
    const track = trackOf(positions, 2, frames);
    rho.forEach((expected, axis) => {
      for (const [k, lag] of lags.entries()) {
        expect(autocorrelation(track, axis, lag)).toBeCloseTo(expected[k], 10);
      }
    });
  });

  it('is what one works out by hand', () => {
    // Deviations −2, −1, 0, 3 from the mean 3: at lag 1 (2 + 0 + 0) ÷ 14, at lag 3 −6 ÷ 14.
    const track = trackOf([1, 2, 3, 6], 1);
    expect(autocorrelation(track, 0, 1)).toBeCloseTo(2 / 14, 12);
    expect(autocorrelation(track, 0, 3)).toBeCloseTo(-6 / 14, 12);
  });

  it('counts lags in frames, also from a first frame that is not 0', () => {
    // Frames 7, 8, 11: one pair at lag 1, −1 · 0, one at lag 3, 0 · 1, and one at lag 4, −1.
    const track = trackOf([0, 1, 2], 1, [7, 8, 11]);
    expect(autocorrelation(track, 0, 2)).toBe(0);
    expect(autocorrelation(track, 0, 4)).toBeCloseTo((-1 * (5 - 4)) / (2 * (5 / 3)), 12);
  });

  it('is 0 for a track too short for the lag, and for a coordinate at rest', () => {
    expect(autocorrelation(trackOf([1, 2, 3], 1), 0, 3)).toBe(0);
    expect(autocorrelation(trackOf([5, 1, 5, 2, 5, 9], 2), 0, 1)).toBe(0);
  });

  it('knows no units and no origin, however large', () => {
    const { positions, rho } = cases[0];
    for (const unit of [1e-200, 1e200]) {
      const moved = trackOf(
        positions.map((x) => x * unit),
        2,
      );
      expect(autocorrelation(moved, 1, 8)).toBeCloseTo(rho[1][1], 10);
    }
    const shifted = trackOf(
      positions.map((x) => x + 1e6),
      2,
    );
    expect(autocorrelation(shifted, 1, 8)).toBeCloseTo(rho[1][1], 8);
  });
});
