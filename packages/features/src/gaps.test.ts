import { keyedRandom } from '@diffusion/random';
import { allFeatures } from './catalogue.ts';
import { contextOf } from './context.ts';
import { timeAveragedMsd } from './curves/time-averaged-msd.ts';
import { fractionalTrack, trackOf, withoutPoints } from './tracks.fixture.ts';

const TRACKS = 300;
const byLag = allFeatures.filter(({ about }) => about.gaps === 'by lag');

describe('tracks with gaps', () => {
  /**
   * The mean over tracks of the difference that removing a fifth of the points makes. Means of squares have none, to four
   * standard errors (a false alarm in 1 of 15,000 per feature); ratios and logarithms of them have the bias of a
   * shorter track, less than a tenth of the spread between tracks. The most likely Brownian motion is judged on one.
   */
  it.each([0.6, 1])('leave the expectation of every feature by lag, α = %p', (alpha) => {
    const sums = byLag.map(() => ({ difference: 0, square: 0, value: 0, spread: 0 }));
    for (let t = 0; t < TRACKS; t++) {
      const random = keyedRandom(1, t);
      const track = fractionalTrack({ length: 200, alpha, noiseVariance: 0.2 }, random);
      const full = contextOf(track);
      const gapped = contextOf(
        withoutPoints(track, (i) => i > 0 && i < 199 && random.uniform() < 0.2),
      );
      byLag.forEach((feature, f) => {
        const value = feature(full);
        const difference = feature(gapped) - value;
        sums[f].difference += difference / TRACKS;
        sums[f].square += difference ** 2 / TRACKS;
        sums[f].value += value / TRACKS;
        sums[f].spread += value ** 2 / TRACKS;
      });
    }
    const linear = new Set(
      ['msdLag1', 'meanStepLength', 'meanSpeed', 'diffusionCoefficient', 'msdIntercept'].concat([
        'msdLag20',
        'meanMsd',
        'diffusion2pt',
        'diffusionCve',
        'locVarianceCve',
        'dma1',
        'dma2',
      ]),
    );
    const shifted = byLag.flatMap(({ about: { name } }, f) => {
      if (alpha !== 1 && name.endsWith('Mle')) return [];
      const { difference, square, value, spread } = sums[f];
      const error = Math.sqrt((square - difference ** 2) / TRACKS);
      const allowance = linear.has(name) ? 0 : 0.1 * Math.sqrt(spread - value ** 2);
      return Math.abs(difference) <= 4 * error + allowance
        ? []
        : [`${name} ${difference} ± ${error}`];
    });
    expect(shifted).toEqual([]);
    expect(byLag.length).toBeGreaterThan(25);
  });

  it('have no value at a lag that no pair of points has', () => {
    const frames = Int32Array.of(0, 1, 10, 11, 20, 21);
    const track = trackOf(Float64Array.of(0, 1, 2, 4, 3, 7), 1, { frames });
    const { lags, values, pairs } = timeAveragedMsd(track, { lags: 30 });
    expect(Array.from(lags)).toEqual([1, 9, 10, 11, 19, 20, 21]);
    expect(Array.from(pairs)).toEqual([3, 2, 4, 2, 1, 2, 1]);
    expect(values[0]).toBe((1 + 4 + 16) / 3);
  });

  it('may be as long as frame numbers go', () => {
    const frames = Int32Array.of(0, 1, 2, 3, 2_000_000_000);
    const context = contextOf(trackOf(Float64Array.of(0, 1, 0, 2, 9), 1, { frames }));
    for (const feature of allFeatures) {
      expect(Math.abs(feature(context))).not.toBe(Number.POSITIVE_INFINITY);
    }
  });
});
