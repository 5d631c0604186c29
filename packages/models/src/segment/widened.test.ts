import { keyedRandom } from '@diffusion/random';
import { widened } from './widened.ts';

const doubt = { mean: 5, apart: 0 };

/** Posterior deviation of a value seen with deviation `own` under a law of deviation `apart`. */
const seen = (own: number, apart: number) => 1 / Math.sqrt(1 / own ** 2 + 1 / apart ** 2);

describe('widened', () => {
  it('leaves one segment the deviation of its own steps, however narrow its state is', () => {
    const one = seen(0.3, 0.04);
    expect(one).toBeLessThan(0.04);
    expect(widened(one, { deviation: 0.04, segments: [one] }, doubt)).toBeCloseTo(0.3, 2);
  });

  it('covers what is true where the mean of the state is that of its segments', () => {
    const random = keyedRandom(3);
    const [own, apart, count] = [0.4, 0.1, 3];
    const posterior = seen(own, apart);
    const wide = widened(
      posterior,
      { deviation: apart, segments: new Array(count).fill(posterior) },
      doubt,
    );
    let square = 0;
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      const truth = Array.from({ length: count }, () => apart * random.normal());
      const data = truth.map((value) => value + own * random.normal());
      const mean = data.reduce((sum, value) => sum + value, 0) / count;
      const gain = apart ** 2 / (apart ** 2 + own ** 2);
      square += (mean + gain * (data[0] - mean) - truth[0]) ** 2 / rounds;
    }
    expect(wide / Math.sqrt(square)).toBeCloseTo(1, 1);
    expect(posterior / Math.sqrt(square)).toBeLessThan(0.5);
  });

  it('adds next to nothing in a state of many segments, and never takes away', () => {
    const posterior = seen(0.3, 0.2);
    const spread = { deviation: 0.2, segments: new Array(500).fill(posterior) };
    expect(widened(posterior, spread, doubt) / posterior).toBeCloseTo(1, 1);
    expect(widened(0.5, spread, doubt)).toBe(0.5);
  });
});
