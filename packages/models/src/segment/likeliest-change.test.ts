import { likeliestChange } from './likeliest-change.ts';

describe('likeliestChange', () => {
  const zeros = () => new Array<number>(40).fill(0);

  it('prefers much probability that is spread to a little at one point', () => {
    const spread = zeros();
    for (const t of [18, 19, 20, 21, 22]) spread[t] = 0.15;
    spread[5] = 0.3;
    expect(likeliestChange(spread).place).toBe(20);
    expect(likeliestChange(spread, 0)).toEqual({ place: 5, score: 0.3 });
  });

  it('weighs by nearness', () => {
    const two = zeros();
    two[10] = 0.5;
    two[12] = 0.4;
    const { place, score } = likeliestChange(two, 3);
    expect(place).toBe(10);
    expect(score).toBeCloseTo(0.5 + 0.4 / 2, 12);
  });

  it('is no change at the first point, where nothing was before', () => {
    const first = zeros();
    first[0] = 1;
    expect(likeliestChange(first).score).toBe(0);
  });
});
