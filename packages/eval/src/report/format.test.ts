import {
  counted,
  decimal,
  digits,
  intervalPercent,
  intervalText,
  percent,
  sharePercent,
  whole,
} from './format.ts';

describe('numbers in reports', () => {
  it('are rounded, with a real minus, no negative zero, and a dash for what is undefined', () => {
    expect(percent(0.9376)).toBe('93.8\u00a0%');
    expect(percent(Number.NaN)).toBe('–');
    expect(decimal(-0.0004)).toBe('0.000');
    expect(decimal(-0.25, 2)).toBe('−0.25');
    expect(whole(12368)).toBe('12,368');
    expect(counted(1, 'track')).toBe('1 track');
    expect(counted(0, 'track')).toBe('0 tracks');
  });

  it('have as many digits as count', () => {
    expect([0, 0.0123, 0.0996, 3.04, 340, 12345, -2.5].map((x) => digits(x))).toEqual([
      '0',
      '0.012',
      '0.10',
      '3.0',
      '340',
      '12000',
      '−2.5',
    ]);
    expect(digits(1.234e-7)).toBe('1.2 × 10⁻⁷');
    expect(digits(Number.NaN)).toBe('–');
    expect(sharePercent(0.053)).toBe('5.3\u00a0%');
    expect(sharePercent(0.43)).toBe('43\u00a0%');
  });

  it('of intervals stand together', () => {
    expect(intervalText([0.5, 2], (x) => decimal(x, 1))).toBe('0.5 to 2.0');
    expect(intervalText([Number.NaN, 2], digits)).toBe('–');
    expect(intervalPercent([0.032, 0.12])).toBe('3.2 to 12\u00a0%');
    expect(intervalPercent(undefined)).toBe('–');
  });
});
