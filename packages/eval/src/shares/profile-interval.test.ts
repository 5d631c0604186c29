import { profileInterval } from './profile-interval.ts';
import { studentQuantile } from './student-quantile.ts';

describe('profileInterval', () => {
  it('is the mean and 1.96 deviations of a Gaussian profile', () => {
    const [low, high] = profileInterval((share) => -0.5 * ((share - 0.4) / 0.05) ** 2, 0.4, 0.95);
    expect(low).toBeCloseTo(0.4 - 1.96 * 0.05, 3);
    expect(high).toBeCloseTo(0.4 + 1.96 * 0.05, 3);
  });

  it('is as long at an end of the range as the area says: of none among 50', () => {
    const [low, high] = profileInterval((share) => 50 * Math.log1p(-share), 0, 0.95);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(1 - 0.05 ** (1 / 51), 3);
    const [from, to] = profileInterval((share) => 50 * Math.log(share), 1, 0.95);
    expect(to).toBe(1);
    expect(from).toBeCloseTo(0.05 ** (1 / 51), 3);
  });

  it('is the whole range where nothing is known', () => {
    const [low, high] = profileInterval(() => 0, 0.3, 0.95);
    expect([low, high]).toEqual([0, 1]);
  });
});

describe('studentQuantile', () => {
  // The tables of Abramowitz and Stegun, 26.10.
  it.each([
    [4, 2.776, 0.003],
    [5, 2.571, 0.002],
    [9, 2.262, 0.001],
    [30, 2.042, 0.001],
  ])('of %p degrees', (degrees, expected, off) => {
    expect(Math.abs(studentQuantile(0.975, degrees) / expected - 1)).toBeLessThan(off);
  });
});
