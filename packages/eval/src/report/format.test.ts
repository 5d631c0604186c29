import { counted, decimal, percent, whole } from './format.ts';

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
});
