import { keyedRandom } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { fractionalTrack, trackOf } from '../tracks.fixture.ts';
import { exponentRule } from './exponent-rule.ts';
import { maxTest } from './max-test.ts';
import { maxTestQuantile } from './max-test-quantile.ts';
import { simulateMaxTestQuantiles } from './max-test-quantiles.ts';
import { pVariationRule } from './p-variation-rule.ts';

const random = keyedRandom(31);

/** Quantiles of the specification: points, then 2.5 and 97.5 % in 1D, 2D, 3D, by 100,000 paths each. */
const KNOWN = [
  [10, 0.461, 2.138, 0.725, 2.614, 0.95, 2.969],
  [20, 0.474, 2.286, 0.744, 2.75, 0.966, 3.084],
  [30, 0.484, 2.341, 0.757, 2.794, 0.979, 3.127],
  [50, 0.498, 2.379, 0.765, 2.841, 0.995, 3.161],
  [100, 0.511, 2.419, 0.786, 2.869, 1.009, 3.195],
  [200, 0.522, 2.463, 0.796, 2.891, 1.021, 3.219],
  [500, 0.536, 2.477, 0.814, 2.924, 1.036, 3.236],
];

describe('MAX test', () => {
  it('has quantiles within three standard errors, 0.018, of an independent Monte Carlo', () => {
    for (const [points, ...quantiles] of KNOWN) {
      quantiles.forEach((expected, i) => {
        const found = maxTestQuantile({
          points,
          dim: (Math.floor(i / 2) + 1) as Dim,
          probability: i % 2 ? 0.975 : 0.025,
        });
        expect(Math.abs(found - expected)).toBeLessThan(0.018);
      });
    }
  });

  it('has quantiles that anyone can compute again, between the rows of the table too', () => {
    for (const points of [12, 75]) {
      const probabilities = [0.005, 0.025, 0.05, 0.95, 0.975, 0.995];
      const again = simulateMaxTestQuantiles(
        { points, dim: 2, probabilities, paths: 20_000 },
        random,
      );
      probabilities.forEach((probability, i) => {
        // Standard errors of 20,000 paths, from 0.004 to 0.02: the bound is four of them.
        const bound = [0.02, 0.013, 0.012, 0.03, 0.035, 0.075][i];
        expect(Math.abs(maxTestQuantile({ points, dim: 2, probability }) - again[i])).toBeLessThan(
          bound,
        );
      });
    }
  });

  it('gives the same quantiles for the same seed', () => {
    const options = { points: 9, dim: 3 as Dim, probabilities: [0.5], paths: 500 };
    expect(simulateMaxTestQuantiles(options, keyedRandom(1))).toEqual(
      simulateMaxTestQuantiles(options, keyedRandom(1)),
    );
  });

  /** 4,000 tracks: the share is known to 0.35 %, the bound is four of that. */
  it('calls 5 % of free tracks something else, half of them each way', () => {
    let [sub, superd] = [0, 0];
    for (let i = 0; i < 4000; i++) {
      const { motion } = maxTest(fractionalTrack({ length: 60, dim: 2 }, random));
      sub += Number(motion === 'subdiffusion');
      superd += Number(motion === 'superdiffusion');
    }
    expect(Math.abs(sub / 4000 - 0.025)).toBeLessThan(0.01);
    expect(Math.abs(superd / 4000 - 0.025)).toBeLessThan(0.01);
  });

  it('knows confined from directed motion', () => {
    const confined = trackOf(
      Float64Array.from({ length: 200 }, () => random.normal()),
      2,
    );
    const directed = fractionalTrack({ length: 100 }, random);
    const pushed = trackOf(
      directed.positions.map((x, i) => x + Math.floor(i / 2)),
      2,
    );
    expect(maxTest(confined).motion).toBe('subdiffusion');
    expect(maxTest(pushed).motion).toBe('superdiffusion');
    expect(maxTest(trackOf(new Float64Array(20), 2)).motion).toBe('undefined');
    expect(maxTest(confined, { quantiles: [0.001, 0.002] }).motion).toBe('superdiffusion');
  });

  it('names a level that it has no table for', () => {
    const track = fractionalTrack({ length: 20 }, random);
    expect(() => maxTest(track, { level: 0.2 })).toThrow('level is 0.2');
    expect(() => maxTestQuantile({ points: 20, dim: 2, probability: 0.4 })).toThrow('is 0.4');
    expect(maxTestQuantile({ points: 2, dim: 2, probability: 0.05 })).toBeNaN();
  });
});

describe('rules by an exponent', () => {
  it.each([
    ['subdiffusion', 0.4],
    ['superdiffusion', 1.7],
  ])('call %s what has α = %p', (motion, alpha) => {
    let [byMsd, byVariation] = [0, 0];
    for (let i = 0; i < 50; i++) {
      const track = fractionalTrack({ length: 250, alpha }, random);
      byMsd += Number(exponentRule(track).motion === motion);
      byVariation += Number(pVariationRule(track).motion === motion);
    }
    expect(byMsd).toBeGreaterThan(45);
    expect(byVariation).toBeGreaterThan(45);
  });

  it('judge the exponent by the margin', () => {
    const track = fractionalTrack({ length: 300 }, random);
    expect(exponentRule(track, { margin: 1 }).motion).toBe('free');
    expect(exponentRule(track, { margin: -1 }).motion).not.toBe('free');
    expect(() => pVariationRule(track, { power: 6 })).toThrow('power is 6');
    expect(pVariationRule(fractionalTrack({ length: 5 }, random)).motion).toBe('undefined');
  });
});
