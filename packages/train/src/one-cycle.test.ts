import { oneCycle } from './one-cycle.ts';

describe('oneCycle', () => {
  it('rises from peak ÷ 25 to the peak at 30 % and falls to peak ÷ 10⁴', () => {
    expect(oneCycle(0, 100, 1)).toBeCloseTo(0.04, 12);
    expect(oneCycle(30, 100, 1)).toBeCloseTo(1, 12);
    expect(oneCycle(100, 100, 1)).toBeCloseTo(1e-4, 12);
  });

  it('is monotone on both sides', () => {
    for (let step = 1; step <= 100; step++) {
      const rises = oneCycle(step, 100, 1) > oneCycle(step - 1, 100, 1);
      expect(rises).toBe(step <= 30);
    }
  });
});
