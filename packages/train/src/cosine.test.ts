import { cosine } from './cosine.ts';

it('falls from the peak to 0, by half in the middle', () => {
  expect([0, 25, 50, 75, 100].map((step) => cosine(step, 100, 2))).toEqual([
    2,
    expect.closeTo(1 + Math.SQRT1_2, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1 - Math.SQRT1_2, 12),
    0,
  ]);
});
