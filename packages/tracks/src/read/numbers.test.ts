import fc from 'fast-check';
import { frameProblem, NumberReader } from './numbers.ts';

describe('NumberReader', () => {
  it('reads every finite double as it is written', () => {
    const reader = new NumberReader();
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = Object.is(value, -0) ? '-0' : String(value);
        expect(reader.read(text)).toBe(value);
        const comma = new NumberReader();
        expect(comma.read(text.replace('.', ','))).toBe(value);
        expect(reader.read(value.toExponential(20))).toBe(value + 0);
        expect(reader.read(` ${text} `)).toBe(value);
      }),
    );
  });

  it.each([
    '',
    ' ',
    'NaN',
    'inf',
    'Infinity',
    '-Infinity',
    '1e999',
    '0x10',
    '0b1',
    '0o7',
    ' 0x10',
    '1 2',
    '1.2.3',
    '1,2,3',
    'e5',
    '.',
    '-',
    '１',
  ])('takes %j for no number', (text) => {
    expect(new NumberReader().read(text)).toBeNaN();
    const reader = new NumberReader();
    reader.read('0.5');
    expect(reader.read(text)).toBeNaN();
  });

  it('reads .5, 5., +5 and 1E5', () => {
    const reader = new NumberReader();
    expect(['.5', '-.5', '5.', '+5', '1E5', '1e+5'].map((text) => reader.read(text))).toEqual([
      0.5, -0.5, 5, 5, 1e5, 1e5,
    ]);
  });
});

describe('frameProblem', () => {
  it('takes whole numbers of 32 bits', () => {
    expect([0, -7, 2 ** 31 - 1, -(2 ** 31)].map((frame) => frameProblem(frame, ''))).toEqual(
      Array(4).fill(undefined),
    );
    expect(frameProblem(2 ** 31, '2147483648')).toContain(
      'expected a frame number from -2147483648 to 2147483647',
    );
    expect(frameProblem(-(2 ** 31) - 1, '-2147483649')).toContain('is -2147483649');
    expect(frameProblem(Number.NaN, 'a')).toBe('is "a": expected a whole frame number');
  });
});
