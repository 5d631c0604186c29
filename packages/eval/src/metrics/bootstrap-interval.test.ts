import { keyedRandom } from '@diffusion/random';
import { bootstrapInterval } from './bootstrap-interval.ts';

const seeded = (seed: number) => keyedRandom(seed, 'bootstrap');

describe('bootstrapInterval', () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898));
  const mean = (rows: Uint32Array) => rows.reduce((sum, i) => sum + values[i], 0) / rows.length;

  it('has the width of ±1.96 standard errors for a mean (within 10 %: 1,000 redraws at a fixed seed)', () => {
    const { low, high } = bootstrapInterval({ count: 400, statistic: mean, random: seeded(3) });
    const m = values.reduce((s, v) => s + v, 0) / 400;
    const error = Math.sqrt(values.reduce((s, v) => s + (v - m) ** 2, 0)) / 400;
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.9);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.1);
    expect(low).toBeLessThan(m);
    expect(high).toBeGreaterThan(m);
  });

  it('is the same for the same random numbers, and wider for more confidence', () => {
    const of = (confidence: number, seed: number) =>
      bootstrapInterval({ count: 400, statistic: mean, random: seeded(seed), confidence });
    expect(of(0.95, 1)).toEqual(of(0.95, 1));
    expect(of(0.95, 1)).not.toEqual(of(0.95, 2));
    expect(of(0.99, 1).high).toBeGreaterThan(of(0.5, 1).high);
  });

  it('takes any source of uniform numbers', () => {
    const random = { uniform: () => 0.5 };
    const { low, high } = bootstrapInterval({ count: 400, statistic: (rows) => rows[7], random });
    expect([low, high]).toEqual([200, 200]);
  });

  it('leaves out redraws where the statistic is undefined', () => {
    const half = (rows: Uint32Array) => (rows[0] < 200 ? Number.NaN : 1);
    const options = { count: 400, random: seeded(1), resamples: 50 };
    expect(bootstrapInterval({ ...options, statistic: half })).toEqual({ low: 1, high: 1 });
    expect(bootstrapInterval({ ...options, statistic: () => Number.NaN }).low).toBeNaN();
  });

  it('refuses counts and confidences out of range', () => {
    const options = { statistic: mean, random: seeded(1) };
    expect(() => bootstrapInterval({ ...options, count: 0 })).toThrow('count is 0');
    expect(() => bootstrapInterval({ ...options, count: 3, resamples: 1.5 })).toThrow(
      'resamples is 1.5',
    );
    expect(() => bootstrapInterval({ ...options, count: 3, confidence: 1 })).toThrow(
      'confidence is 1',
    );
  });
});
