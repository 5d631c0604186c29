// The built package, since workers run it.
import { classicalSegments } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';

describe('classicalSegments', () => {
  it('tells of every track that is segmented, and of the intervals where they take workers', async () => {
    const tracks = simulate({
      ...{ model: 'brownian', D: 0.5, count: 30, length: 200, dim: 2, seed: 1, sigma: 0.1 },
    });
    const done: number[] = [];
    const estimated: (readonly [number, number])[] = [];
    const { segments } = await classicalSegments(tracks, 'changes', {
      sigma: 0.1,
      onProgress: (count) => done.push(count),
      onEstimated: (count, all) => estimated.push([count, all]),
    });
    expect(done).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    const all = segments.flat().length;
    expect(estimated.at(-1)).toEqual([all, all]);
    expect(estimated.every(([count], k) => k === 0 || count >= estimated[k - 1][0])).toBe(true);
  });
});
