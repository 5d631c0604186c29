import { keyedRandom } from '@diffusion/random';
import { experimentStates } from './experiment-states.ts';
import { type EstimatedSegment, withIntervals } from './segment-of-points.ts';

/** Segments of two states, α 1 and 0.5, K 1 and 0.05, seen with errors of 0.25 in α and 0.4 in ln K. */
function segmentsOf(count: number) {
  const random = keyedRandom(4);
  const truth: { alpha: number; log: number }[] = [];
  const segments = Array.from({ length: count }, (): EstimatedSegment => {
    const slow = random.uniform() < 0.4;
    const own = {
      alpha: (slow ? 0.5 : 1) + 0.05 * random.normal(),
      log: Math.log(slow ? 0.05 : 1) + 0.1 * random.normal(),
    };
    truth.push(own);
    return {
      from: 0,
      to: 20,
      state: 'free',
      probability: 1,
      ...withIntervals(
        own.alpha + 0.25 * random.normal(),
        0.25,
        own.log + 0.4 * random.normal(),
        0.4,
      ),
    };
  });
  return { truth, segments };
}

describe('experimentStates', () => {
  const { truth, segments } = segmentsOf(400);
  const { states, shrunk } = experimentStates(segments);

  it('finds how many there are, their means and their shares', () => {
    expect(states.length).toBe(2);
    const [fast, slow] = states;
    expect(Math.abs(fast.alpha - 1)).toBeLessThan(0.05);
    expect(Math.abs(slow.alpha - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(fast.logDiffusion)).toBeLessThan(0.1);
    expect(Math.abs(slow.logDiffusion - Math.log(0.05))).toBeLessThan(0.15);
    expect(Math.abs(slow.share - 0.4)).toBeLessThan(0.07);
    // Without the errors: those of the segments are 0.25 and 0.4.
    expect(fast.alphaDeviation).toBeLessThan(0.15);
  });

  it('draws segments towards them, to a third of their error at least', () => {
    const error = (of: readonly EstimatedSegment[]) =>
      of.reduce((sum, { alpha }, i) => sum + Math.abs(alpha - truth[i].alpha), 0) / of.length;
    expect(error(shrunk)).toBeLessThan(error(segments) / 3);
    const within = shrunk.filter(
      ({ alphaInterval: [low, high] }, i) => low <= truth[i].alpha && truth[i].alpha <= high,
    );
    expect(within.length / shrunk.length).toBeGreaterThan(0.9);
  });

  it('takes out what was known before the tracks were seen', () => {
    // The same segments as a network answers that knows α 1.2 ± 0.3 beforehand: drawn to it, and surer than they are.
    const prior = { alpha: { mean: 1.2, deviation: 0.3 }, diffusion: { mean: 0, deviation: 1e3 } };
    const spread = 1 / Math.sqrt(1 / 0.25 ** 2 + 1 / 0.3 ** 2);
    const answers = segments.map((segment) => ({
      ...segment,
      alpha: spread ** 2 * (segment.alpha / 0.25 ** 2 + 1.2 / 0.3 ** 2),
      alphaSpread: spread,
    }));
    const found = experimentStates(
      answers,
      answers.map(() => prior),
    );
    expect(found.states.map(({ alpha }) => alpha.toFixed(3))).toEqual(
      states.map(({ alpha }) => alpha.toFixed(3)),
    );
    expect(found.shrunk[0].alpha).toBeCloseTo(shrunk[0].alpha, 3);
    const [fast] = experimentStates(answers).states;
    expect(fast.alpha).toBeGreaterThan(1.04);
  });

  it('leaves what stands still as it is, in a state of its own', () => {
    const still = { ...segments[0], ...withIntervals(0, 0, Number.NEGATIVE_INFINITY, 0) };
    const found = experimentStates([...segments, { ...still, state: 'immobile', to: 400 }]);
    expect(found.states.at(-1)).toMatchObject({ immobile: true, alpha: 0 });
    expect(found.states.at(-1)!.share).toBeCloseTo(400 / 8400, 6);
    expect(found.shrunk.at(-1)!.diffusion).toBe(0);
  });

  it('says nothing of no segments, and takes one', () => {
    expect(experimentStates([])).toEqual({ states: [], shrunk: [] });
    expect(experimentStates(segments.slice(0, 1)).states.length).toBe(1);
  });
});
