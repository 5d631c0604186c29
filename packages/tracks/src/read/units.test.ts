import { normalUnit } from './units.ts';

describe('normalUnit', () => {
  it.each([
    ['micron', 'µm'],
    ['(micron)', 'µm'],
    ['um', 'µm'],
    ['\u00b5m', '\u00b5m'],
    ['\u03bcm', '\u00b5m'],
    ['[Pixels]', 'pixel'],
    ['(sec)', 's'],
    ['ms', 'ms'],
    ['(frame)', 'frame'],
    [' furlong ', 'furlong'],
    ['', ''],
  ])('of %j is %j', (unit, normal) => {
    expect(normalUnit(unit)).toBe(normal);
  });
});
