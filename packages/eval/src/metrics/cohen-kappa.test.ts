import { cohenKappa } from './cohen-kappa.ts';

describe('cohenKappa', () => {
  it('is (pₒ − pₑ)/(1 − pₑ): 0.7 observed, 0.5 expected', () => {
    expect(
      cohenKappa([
        [20, 5],
        [10, 15],
      ]),
    ).toBeCloseTo((0.7 - 0.5) / (1 - 0.5), 14);
  });

  it('is 0 at independence and NaN for a single class or no track', () => {
    expect(
      cohenKappa([
        [2, 4],
        [3, 6],
      ]),
    ).toBe(0);
    expect(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]),
    ).toBeNaN();
    expect(cohenKappa([[0]])).toBeNaN();
  });
});
