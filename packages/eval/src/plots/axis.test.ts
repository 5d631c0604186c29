import { logTicks, withUnit } from './axis.ts';

describe('logTicks', () => {
  it('are powers of ten, and 2 and 5 too over less than two decades', () => {
    expect(logTicks(0.5, 600)).toEqual([1, 10, 100]);
    expect(logTicks(0.03, 0.6)).toEqual([0.05, 0.1, 0.2, 0.5]);
  });
});

describe('withUnit', () => {
  it('puts the unit in parentheses, or says that there is none', () => {
    expect(withUnit('MSD', 'µm', '²')).toBe('MSD (µm²)');
    expect(withUnit('x', '')).toBe('x (no unit given)');
  });
});
