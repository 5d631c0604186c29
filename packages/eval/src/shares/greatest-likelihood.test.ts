import { keyedRandom } from '@diffusion/random';
import { greatestLikelihood, type Mixture } from './greatest-likelihood.ts';

const random = keyedRandom(3, 'own:likelihoods');
const count = 200;
const mixture: Mixture = {
  classes: 4,
  likelihoods: Float64Array.from({ length: 4 * count }, () => Math.exp(1.5 * random.normal())),
  weights: Float64Array.from({ length: count }, () => 0.5 + random.uniform()),
  kept: Float64Array.of(1, 0.5, 0.3, 0.9),
};
const start = new Float64Array(4).fill(0.25);

const logLikelihood = (shares: ArrayLike<number>): number =>
  mixture.weights.reduce((sum, weight, i) => {
    let of = 0;
    for (let k = 0; k < 4; k++) of += shares[k] * mixture.likelihoods[4 * i + k];
    return sum + weight * Math.log(of);
  }, 0);

/** The same by expectation and maximisation, which is slow and sure. */
function byExpectation(): Float64Array {
  let shares = start.slice();
  const total = mixture.weights.reduce((a, b) => a + b, 0);
  for (let step = 0; step < 20_000; step++) {
    const next = new Float64Array(4);
    mixture.weights.forEach((weight, i) => {
      let of = 0;
      for (let k = 0; k < 4; k++) of += shares[k] * mixture.likelihoods[4 * i + k];
      for (let k = 0; k < 4; k++) {
        next[k] += (weight * shares[k] * mixture.likelihoods[4 * i + k]) / of / total;
      }
    });
    shares = next;
  }
  return shares;
}

describe('greatestLikelihood', () => {
  it('is that of expectation and maximisation', () => {
    const found = greatestLikelihood(mixture, start);
    const expected = byExpectation();
    expect(found.logLikelihood).toBeCloseTo(logLikelihood(found.shares), 9);
    expect(logLikelihood(expected) - found.logLikelihood).toBeLessThan(0.025);
    found.shares.forEach((share, k) => {
      expect(Math.abs(share - expected[k])).toBeLessThan(0.01);
    });
  });

  it('keeps a share before the losses where it is told to, and finds the best of the others', () => {
    for (const share of [1e-9, 0.1, 0.6, 1 - 1e-9]) {
      const found = greatestLikelihood(mixture, start, { k: 1, share });
      const whole = found.shares.map((value, k) => value / mixture.kept[k]);
      expect(whole[1] / whole.reduce((a, b) => a + b, 0)).toBeCloseTo(share, 8);
      expect(found.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      let best = Number.NEGATIVE_INFINITY;
      const draws = keyedRandom(4, 'own:draws');
      for (let draw = 0; draw < 3000; draw++) {
        const others = [0, 2, 3].map(() => -Math.log(draws.uniform()));
        const sum = others.reduce((a, b) => a + b, 0);
        const before = [others[0], 0, others[1], others[2]].map((x) => ((1 - share) * x) / sum);
        before[1] = share;
        const kept = before.map((value, k) => value * mixture.kept[k]);
        const all = kept.reduce((a, b) => a + b, 0);
        best = Math.max(best, logLikelihood(kept.map((value) => value / all)));
      }
      expect(found.logLikelihood).toBeGreaterThan(best - 0.02);
    }
  });
});
