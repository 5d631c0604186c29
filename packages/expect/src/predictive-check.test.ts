import { keyedRandom } from '@diffusion/random';
import { predictiveCheck } from './predictive-check.ts';
import { SUMMARIES } from './summaries.ts';

/** Numbers of so many tracks, normal ones with a shift. */
function numbers(seed: number, count: number, shift = 0) {
  const random = keyedRandom(seed, 'own:numbers');
  const values = Float64Array.from({ length: count * SUMMARIES }, () => random.normal() + shift);
  return { values, length: new Int32Array(count).fill(20) };
}
const simulated = { ...numbers(1, 600), weight: new Float64Array(600).fill(1) };

describe('predictiveCheck', () => {
  it('lets a file of the same law pass, but for 5 of 100 at most', () => {
    let alarms = 0;
    for (let i = 0; i < 40; i++) {
      const { passed, tracks } = predictiveCheck(numbers(i + 2, 40), simulated, keyedRandom(i));
      expect(tracks).toBe(40);
      if (!passed) alarms++;
    }
    // More than 7 of 40 at 5 % have a probability of 0.1 %.
    expect(alarms).toBeLessThanOrEqual(7);
  });

  it('says which number is like nothing simulated', () => {
    const { passed, numbers: found } = predictiveCheck(
      numbers(2, 40, 1),
      simulated,
      keyedRandom(1),
    );
    expect(passed).toBe(false);
    expect(found.map(({ name }) => name)).toEqual(['steps', 'msd', 'correlation']);
    for (const { p, distance } of found) {
      expect(p).toBeLessThan(0.01);
      // Two normal laws a deviation apart: 2 Φ(1/2) − 1 = 0.383.
      expect(Math.abs(distance - 0.383)).toBeLessThan(0.2);
    }
  });

  it('knows nothing of tracks that are too short', () => {
    const short = { ...numbers(2, 40), length: new Int32Array(40).fill(3) };
    expect(predictiveCheck(short, simulated, keyedRandom(1))).toMatchObject({
      tracks: 0,
      passed: true,
    });
  });
});
