import { keyedRandom } from '@diffusion/random';
import { type Dim, Tracks } from '@diffusion/tracks';
import { driftLikelihoodRatio } from './drift-likelihood-ratio.ts';

interface Walk {
  readonly points: number;
  readonly dim: Dim;
  /** Per frame and coordinate. */
  readonly drift?: number;
  readonly sigma?: number;
  readonly frames?: readonly number[];
}

/** A Brownian track with steps of deviation 1 per frame. */
function track({ points, dim, drift = 0, sigma = 0, frames }: Walk, seed: number) {
  const random = keyedRandom(seed, 'own:drift');
  const positions = new Float64Array(points * dim);
  for (let i = dim; i < positions.length; i++) {
    const t = Math.floor(i / dim);
    const gap = frames ? frames[t] - frames[t - 1] : 1;
    positions[i] = positions[i - dim] + drift * gap + Math.sqrt(gap) * random.normal();
  }
  for (let i = 0; i < positions.length; i++) positions[i] += sigma * random.normal();
  return new Tracks({
    positions,
    offsets: [0, points],
    dim,
    ...(frames && { frames: [...frames] }),
  }).at(0);
}

/** −2 ln of the likelihood of the displacements of one track, in closed form for a covariance matrix: by elimination. */
function minusTwoLog(x: number[][], covariance: number[][], mean: (i: number) => number[]): number {
  const n = x.length;
  const a = covariance.map((row, i) => [...row, ...x[i].map((value, k) => value - mean(i)[k])]);
  let sum = 0;
  // Gaussian elimination: the squares over the pivots are what the likelihood needs.
  for (let p = 0; p < n; p++) {
    sum += x[0].length * Math.log(a[p][p]);
    for (let k = n; k < a[p].length; k++) sum += a[p][k] ** 2 / a[p][p];
    for (let i = p + 1; i < n; i++) {
      const factor = a[i][p] / a[p][p];
      for (let j = p; j < a[p].length; j++) a[i][j] -= factor * a[p][j];
    }
  }
  return sum;
}

describe('driftLikelihoodRatio', () => {
  it.each([undefined, [0, 1, 2, 5, 6, 7, 9, 10, 11, 12, 17, 18]])(
    'is the ratio of the greatest likelihoods, found by looking everywhere (frames %p)',
    (frames) => {
      const one = track({ points: 12, dim: 2, drift: 0.4, sigma: 0.5, frames }, 3);
      const at = (t: number) => [one.positions[2 * t], one.positions[2 * t + 1]];
      const gaps = Array.from({ length: 11 }, (_, i) => (frames ? frames[i + 1] - frames[i] : 1));
      const x = gaps.map((_, i) => at(i + 1).map((value, k) => value - at(i)[k]));
      const covariance = (diffusion: number, noise: number) =>
        gaps.map((gap, i) =>
          gaps.map((_, j) =>
            i === j ? diffusion * gap + 2 * noise : Math.abs(i - j) === 1 ? -noise : 0,
          ),
        );
      let [without, best] = [Infinity, Infinity];
      for (let d = 0.05; d < 3; d *= 1.06) {
        for (let noise = 0; noise < 1.5; noise += 0.03) {
          const M = covariance(d, noise);
          without = Math.min(
            without,
            minusTwoLog(x, M, () => [0, 0]),
          );
          // Least squares of one drift, coordinate by coordinate: a parabola through three of its values.
          const v = [0, 1].map((k) => {
            const of = (value: number) =>
              minusTwoLog(x, M, (i) => [0, 1].map((a) => (a === k ? value * gaps[i] : 0)));
            const [low, middle, high] = [of(-1), of(0), of(1)];
            return (low - high) / (2 * (low + high - 2 * middle));
          });
          best = Math.min(
            best,
            minusTwoLog(x, M, (i) => v.map((value) => value * gaps[i])),
          );
        }
      }
      expect(driftLikelihoodRatio(one)).toBeCloseTo(without - best, 1);
    },
  );

  it.each([
    [1, 0],
    [2, 0.7],
    [3, 0.7],
  ] as const)('has the law of Wilks without a drift in %iD with an error of %p', (dim, sigma) => {
    const count = 400;
    let [sum, above] = [0, 0];
    // The upper 5 % of χ² with 1, 2 and 3 degrees of freedom.
    const limit = [3.841, 5.991, 7.815][dim - 1];
    for (let seed = 0; seed < count; seed++) {
      const value = driftLikelihoodRatio(track({ points: 150, dim, sigma }, seed));
      sum += value / count;
      if (value > limit) above++;
    }
    // Four standard errors of the mean, and what 150 points leave of the limit.
    expect(Math.abs(sum - dim)).toBeLessThan(4 * Math.sqrt((2 * dim) / count) + 0.1);
    expect(Math.abs(above / count - 0.05)).toBeLessThan(
      4 * Math.sqrt((0.05 * 0.95) / count) + 0.01,
    );
  });

  it('grows with the drift as the non-centrality of its law', () => {
    // λ = n·v² per coordinate of steps with deviation 1.
    const [points, dim, drift] = [201, 2, 0.2] as const;
    const count = 200;
    let sum = 0;
    for (let seed = 0; seed < count; seed++) {
      sum += driftLikelihoodRatio(track({ points, dim, drift }, seed)) / count;
    }
    const expected = dim + dim * (points - 1) * drift ** 2;
    expect(Math.abs(sum / expected - 1)).toBeLessThan(0.15);
  });

  it('knows no place, direction, unit or way of time', () => {
    const one = track({ points: 40, dim: 2, drift: 0.3, sigma: 0.4 }, 9);
    const value = driftLikelihoodRatio(one);
    const changed = (f: (x: number, y: number) => number[], backwards = false) => {
      const points = Array.from({ length: 40 }, (_, t) =>
        f(one.positions[2 * t], one.positions[2 * t + 1]),
      );
      const positions = (backwards ? points.reverse() : points).flat();
      return driftLikelihoodRatio(new Tracks({ positions, offsets: [0, 40], dim: 2 }).at(0));
    };
    expect(changed((x, y) => [x + 100, y - 7])).toBeCloseTo(value, 4);
    expect(changed((x, y) => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y])).toBeCloseTo(value, 4);
    expect(changed((x, y) => [1e-9 * x, 1e-9 * y])).toBeCloseTo(value, 4);
    expect(changed((x, y) => [x, y], true)).toBeCloseTo(value, 4);
  });

  it('is a number on a straight line, and none on a track that never moves or has three points', () => {
    const of = (positions: number[]) =>
      driftLikelihoodRatio(new Tracks({ positions, offsets: [0, positions.length], dim: 1 }).at(0));
    expect(of([0, 1, 2, 3, 4, 5])).toBeGreaterThan(50);
    expect(of([2, 2, 2, 2, 2])).toBeNaN();
    expect(of([0, 1, 3])).toBeNaN();
  });
});
