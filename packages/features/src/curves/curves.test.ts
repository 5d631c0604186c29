import { keyedRandom } from '@diffusion/random';
import { type Track, Tracks } from '@diffusion/tracks';
import { contextOf } from '../context.ts';
import { correlatedSquares } from '../derived/correlated-squares.ts';
import { pVariation2 } from '../increments/p-variations.ts';
import { linearFit } from '../numeric/linear-fit.ts';
import { fractionalTrack, trackOf, withoutPoints } from '../tracks.fixture.ts';
import { displacements } from './displacements.ts';
import { ensembleMsd } from './ensemble-msd.ts';
import { ensembleTimeAveragedMsd } from './ensemble-time-averaged-msd.ts';
import { firstPassageTimes } from './first-passage.ts';
import { pVariation } from './p-variation.ts';
import { effectiveNumber, timeAveragedMsd } from './time-averaged-msd.ts';
import { turningAngles } from './turning-angles.ts';
import { vanHove } from './van-hove.ts';
import { velocityAutocorrelation } from './velocity-autocorrelation.ts';

const random = keyedRandom(12);

function together(tracks: readonly Track[]): Tracks {
  const offsets = [0];
  for (const { length } of tracks) offsets.push(offsets[offsets.length - 1] + length);
  return new Tracks({
    positions: Float64Array.from(tracks.flatMap(({ positions }) => Array.from(positions))),
    offsets: Uint32Array.from(offsets),
    dim: tracks[0].dim,
    frames: Int32Array.from(
      tracks.flatMap(({ frames, length }) =>
        frames ? Array.from(frames) : Array.from({ length }, (_, i) => i),
      ),
    ),
  });
}

/** Effective number by counting overlaps of all pairs of displacements. */
function countedEffective(starts: readonly number[], k: number): number {
  let shared = 0;
  for (const i of starts) for (const j of starts) shared += Math.max(0, k - Math.abs(i - j)) ** 2;
  return (starts.length * k) ** 2 / shared;
}

describe('mean squared displacement', () => {
  it('is the mean over overlapping pairs', () => {
    const { lags, times, values, pairs } = timeAveragedMsd(
      trackOf(Float64Array.of(0, 1, 3, 2), 1, { dt: 0.5 }),
      { lags: 3 },
    );
    expect(Array.from(lags)).toEqual([1, 2, 3]);
    expect(Array.from(times)).toEqual([0.5, 1, 1.5]);
    expect(Array.from(values)).toEqual([2, 5, 4]);
    expect(Array.from(pairs)).toEqual([3, 2, 1]);
  });

  it('is the same by Fourier transform as by summing, on long and on smooth tracks', () => {
    const line = trackOf(
      Float64Array.from({ length: 6000 }, (_, i) => 0.3 * i + 0.01 * random.normal()),
      1,
    );
    for (const track of [fractionalTrack({ length: 3000 }, random), line]) {
      const { values } = timeAveragedMsd(track, { lags: track.length - 1 });
      const context = contextOf(track);
      for (const k of [1, 2, 64, 65, 500, track.length - 1]) {
        let sum = 0;
        for (let i = k; i < track.length; i++) {
          for (const axis of context.axes) sum += (axis[i] - axis[i - k]) ** 2;
        }
        expect(Math.abs(values[k - 1] / (sum / (track.length - k)) - 1)).toBeLessThan(1e-9);
      }
    }
    const few = contextOf(trackOf(Float64Array.of(5, 6, 8, 7), 1));
    expect(Array.from(correlatedSquares(few, 3), (x) => Number(x.toFixed(9)))).toEqual([
      0, 6, 10, 4,
    ]);
  });

  it('sees an exact return at a long lag as zero', () => {
    const track = trackOf(
      Float64Array.from({ length: 4000 }, (_, i) => Math.sin((i % 500) / 80)),
      1,
    );
    expect(timeAveragedMsd(track, { lags: 2000 }).values[499]).toBe(0);
  });

  it('counts effective pairs as the overlaps say, with and without gaps', () => {
    for (const [points, k] of [
      [20, 1],
      [20, 3],
      [20, 12],
      [20, 19],
      [7, 4],
    ]) {
      const starts = Array.from({ length: points - k }, (_, i) => i);
      expect(effectiveNumber(points, k)).toBeCloseTo(countedEffective(starts, k), 10);
    }
    const track = withoutPoints(
      fractionalTrack({ length: 20 }, random),
      (i) => i === 7 || i === 11,
    );
    const { effective } = timeAveragedMsd(track, { lags: 3 });
    const present = (i: number): boolean => i < 20 && i !== 7 && i !== 11;
    const starts = Array.from({ length: 17 }, (_, i) => i).filter(
      (i) => present(i) && present(i + 3),
    );
    expect(effective[2]).toBeCloseTo(countedEffective(starts, 3), 10);
  });

  /** 1,000 Brownian tracks: the variance of m(k) is known to 4.5 %; three of that is a false alarm in 400. */
  it('has the standard error that it states, with and without gaps', () => {
    for (const gaps of [false, true]) {
      const values = Array.from({ length: 1000 }, () => {
        const whole = fractionalTrack({ length: 40 }, random);
        const track = gaps ? withoutPoints(whole, (i) => i % 7 === 3) : whole;
        return timeAveragedMsd(track, { lags: 6 });
      });
      const at = values.map((curve) => curve.values[5]);
      const mean = at.reduce((a, b) => a + b, 0) / 1000;
      const variance = at.reduce((a, b) => a + (b - mean) ** 2, 0) / 999;
      const stated = 24 * Math.sqrt(2 / (2 * values[0].effective[5]));
      expect(mean).toBeGreaterThan(24 - 3 * Math.sqrt(variance / 1000));
      expect(mean).toBeLessThan(24 + 3 * Math.sqrt(variance / 1000));
      expect(Math.abs(variance / stated ** 2 - 1)).toBeLessThan(3 * 0.055);
    }
  });

  it('of an ensemble does not add zeros for tracks that are too short or have a gap', () => {
    const tracks = together([
      trackOf(Float64Array.of(0, 1, 2, 3), 1),
      trackOf(Float64Array.of(0, 2), 1),
      trackOf(Float64Array.of(5, 6), 1, { frames: Int32Array.of(3, 6) }),
    ]);
    const ensemble = ensembleMsd(tracks, { lags: 3 });
    expect(Array.from(ensemble.lags)).toEqual([1, 2, 3]);
    expect(Array.from(ensemble.pairs)).toEqual([2, 1, 2]);
    expect(Array.from(ensemble.values)).toEqual([2.5, 4, 5]);
    const byPairs = ensembleTimeAveragedMsd(tracks, { lags: 3 });
    expect(Array.from(byPairs.pairs)).toEqual([4, 2, 2]);
    expect(Array.from(byPairs.values)).toEqual([7 / 4, 4, 5]);
    const byTracks = ensembleTimeAveragedMsd(tracks, { lags: 3, weights: 'tracks' });
    expect(Array.from(byTracks.values)).toEqual([2.5, 4, 5]);
    expect(byTracks.standardErrors[0]).toBeCloseTo(1.5, 12);
    expect(byTracks.standardErrors[1]).toBeNaN();
  });

  it('takes only whole positive numbers of lags', () => {
    const track = trackOf(Float64Array.of(0, 1), 1);
    expect(() => timeAveragedMsd(track, { lags: 0 })).toThrow('lags is 0');
    expect(() => timeAveragedMsd(track, { lags: 1.5 })).toThrow('lags is 1.5');
  });
});

describe('curves of steps', () => {
  it('velocity autocorrelation', () => {
    const zigzag = trackOf(
      Float64Array.from({ length: 12 }, (_, i) => i % 2),
      1,
    );
    const { lags, values, pairs } = velocityAutocorrelation(zigzag, { lags: 3 });
    expect(Array.from(lags)).toEqual([0, 1, 2, 3]);
    expect(Array.from(values)).toEqual([1, -1, 1, -1]);
    expect(Array.from(pairs)).toEqual([11, 10, 9, 8]);
  });

  it('displacements and their distribution', () => {
    const gapped = trackOf(Float64Array.of(0, 0, 1, 2, 5, 7), 2, {
      frames: Int32Array.of(0, 1, 3),
    });
    expect(Array.from(displacements(gapped, { lag: 2 }))).toEqual([4, 5]);
    const tracks = together(
      Array.from({ length: 40 }, () => fractionalTrack({ length: 60 }, random)),
    );
    const { edges, density, total, counts } = vanHove(tracks, { lag: 2, bins: 30 });
    expect(total).toBe(40 * 58 * 2);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(total);
    const width = edges[1] - edges[0];
    expect(density.reduce((a, b) => a + b * width, 0)).toBeCloseTo(1, 12);
    // Two steps of variance 2 each: the density at 0 is 1/√(8π), here to 12 %, four standard errors.
    const middle = (density[14] + density[15]) / 2;
    expect(Math.abs(middle * Math.sqrt(8 * Math.PI) - 1)).toBeLessThan(0.12);
  });

  it('turning angles', () => {
    const corner = trackOf(Float64Array.of(0, 0, 1, 0, 1, 1, 1, 1, 0, 1), 2);
    expect(Array.from(turningAngles(corner))).toEqual([Math.PI / 2]);
    expect(() => turningAngles(trackOf(Float64Array.of(0, 1), 1))).toThrow('dim is 1');
  });

  it('first passage times', () => {
    const track = trackOf(Float64Array.of(0, 1, 3, 2), 1, {
      dt: 0.1,
      frames: Int32Array.of(0, 2, 3, 4),
    });
    const times = firstPassageTimes(track, { radius: 1.5 });
    expect(times[0]).toBeCloseTo(0.3, 12);
    expect(times[1]).toBeCloseTo(0.1, 12);
    expect(times[2]).toBeNaN();
    expect(() => firstPassageTimes(track, { radius: 0 })).toThrow('radius is 0');
  });

  it('p-variation has the slope of the feature', () => {
    const track = fractionalTrack({ length: 200 }, random);
    const v = pVariation(track, { power: 2 });
    const { slope } = linearFit(Float64Array.of(1, 2, 3, 4, 5).map(Math.log), v.map(Math.log));
    expect(slope).toBeCloseTo(pVariation2(track), 12);
    expect(() =>
      pVariation(
        withoutPoints(track, (i) => i === 5),
        { power: 2 },
      ),
    ).toThrow('has gaps');
  });
});
