import { logDirectionMean, logEvidence, uniformRoot, uniformScale } from './evidence.ts';
import { cholesky, covarianceOf, stream, tracksOf } from './gaussian.fixture.ts';
import { likelihoodClassifier } from './likelihood-classifier.ts';
import type { GaussianModel } from './likelihood-options.ts';
import { gaussLegendre, uniformPrior, uniformPriorInLog } from './quadrature.ts';
import { type Displacements, type Whitened, whitenNeighbours, whitenStationary } from './whiten.ts';

const dt = 1 / 30;

function noiseOf(steps: number, dim: number, seed: number): Displacements {
  const { normal } = stream(seed);
  return { values: Float64Array.from({ length: steps * dim }, normal), steps, dim };
}

/** ln det, xᵀM⁻¹x, |1ᵀM⁻¹x| and 1ᵀM⁻¹1 from a Cholesky factor. */
function byCholesky({ values, steps, dim }: Displacements, covariance: number[][]): Whitened {
  const factor = cholesky(covariance);
  const solve = (x: ArrayLike<number>) => {
    const y: number[] = [];
    factor.forEach((row, i) => {
      y.push((x[i] - y.reduce((sum, value, j) => sum + row[j] * value, 0)) / row[i]);
    });
    return y;
  };
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const unity = solve(new Array(steps).fill(1));
  const axes = Array.from({ length: dim }, (_, axis) =>
    solve(values.subarray(axis * steps, (axis + 1) * steps)),
  );
  return {
    logDeterminant: 2 * factor.reduce((sum, row, i) => sum + Math.log(row[i]), 0),
    square: axes.reduce((sum, y) => sum + dot(y, y), 0),
    drift: Math.hypot(...axes.map((y) => dot(y, unity))),
    ones: dot(unity, unity),
  };
}

describe('quadrature', () => {
  it('integrates polynomials of degree 2n − 1 exactly', () => {
    const { points, weights } = gaussLegendre(5, -1, 3);
    const integral = points.reduce((sum, x, i) => sum + weights[i] * x ** 9, 0);
    expect(integral).toBeCloseTo((3 ** 10 - 1) / 10, 8);
  });

  it('gives probabilities', () => {
    for (const prior of [uniformPrior, uniformPriorInLog]) {
      const { points, weights } = prior(20, [1, 9]);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 8);
      expect(points.reduce((sum, x, i) => sum + weights[i] * x, 0)).toBeCloseTo(5, 6);
      expect([...prior(20, [4, 4]).points]).toEqual([4]);
    }
  });
});

describe('whitening', () => {
  it.each([1, 2, 3])('is a Cholesky factor in %i dimensions', (dim) => {
    for (const steps of [1, 2, 3, 40]) {
      const track = noiseOf(steps, dim, steps);
      const covariance = covarianceOf(steps, 1.3, dt, 1, 0.2);
      const ours = whitenNeighbours(track, covariance[0][0], steps > 1 ? covariance[0][1] : 0);
      const expected = byCholesky(track, covariance);
      for (const key of ['logDeterminant', 'square', 'drift', 'ones'] as const) {
        expect(Math.abs(ours[key] / expected[key] - 1)).toBeLessThan(1e-9);
      }
    }
  });

  it('is one for every track of a stationary covariance, in one pass', () => {
    const tracks = [1, 2, 17, 17, 60].map((steps, i) => noiseOf(steps, 2, i));
    const covariance = covarianceOf(60, 1.3, dt, 0.4, 0.1);
    const seen: number[] = [];
    whitenStationary(tracks, Float64Array.from(covariance[0]), (i, logDeterminant, square) => {
      const n = tracks[i].steps;
      const expected = byCholesky(tracks[i], covarianceOf(n, 1.3, dt, 0.4, 0.1));
      expect(Math.abs(logDeterminant / expected.logDeterminant - 1)).toBeLessThan(1e-9);
      expect(Math.abs(square / expected.square - 1)).toBeLessThan(1e-9);
      seen.push(i);
    });
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('the evidence', () => {
  it.each([1, 2, 3])('averages over directions in %i dimensions', (dim) => {
    for (const z of [1e-6, 0.5, 3, 4, 40]) {
      const { points, weights } = gaussLegendre(200, 0, Math.PI);
      const [mean, norm] = [0, 1].map((power) =>
        points.reduce(
          (sum, phi, i) =>
            sum +
            weights[i] *
              Math.exp(power * 0 + (power ? 0 : z * (Math.cos(phi) - 1))) *
              Math.sin(phi) ** (dim - 2),
          0,
        ),
      );
      const expected = dim === 1 ? Math.log(Math.cosh(z)) : Math.log(mean / norm) + z;
      expect(logDirectionMean(dim, z)).toBeCloseTo(expected, 6);
    }
  });

  it.each([
    ['inside the prior', [0.1, 20], 0.6],
    ['below it', [5, 20], 0.6],
    ['above it', [0.05, 0.2], 0.6],
    ['without a drift', [0.1, 20], 0],
  ] as const)('integrates the scale: peak %s', (_, range, speed) => {
    const track = noiseOf(25, 2, 3);
    const whitened = whitenNeighbours(track, 1, -0.2);
    for (const [prior, root] of [
      [uniformScale(range), 1],
      [uniformRoot(range), 2],
    ] as const) {
      const ours = logEvidence(whitened, 25, 2, speed, prior);
      // 20,000 midpoints of D or of its root.
      const values = Array.from({ length: 20_000 }, (_, i) => {
        const at = range[0] + ((range[1] - range[0]) * (i + 0.5)) / 20_000;
        const u = root === 1 ? 1 / Math.sqrt(at) : 1 / at;
        return logEvidence(whitened, 25, 2, speed, { from: u, to: u, power: 0 });
      });
      const top = Math.max(...values);
      const mean = values.reduce((sum, value) => sum + Math.exp(value - top), 0) / values.length;
      expect(ours).toBeCloseTo(top + Math.log(mean), 3);
    }
  });

  it('is the density of a Gaussian where everything is known', () => {
    const track = noiseOf(12, 2, 5);
    const covariance = covarianceOf(12, 0.7, dt, 0.5, Math.sqrt(0.7 * dt) / 3);
    const { logDeterminant, square } = byCholesky(track, covariance);
    const expected = -12 * Math.log(2 * Math.PI) - logDeterminant - square / 2;
    const coordinates = [0, 1].map((axis) => [...track.values.subarray(12 * axis, 12 * axis + 12)]);
    const known = { diffusion: [0.7, 0.7], q: [3, 3], alpha: [0.5, 0.5] } as const;
    const classifier = likelihoodClassifier({ models: ['fbm'], ...known });
    expect(classifier.logEvidence(tracksOf([coordinates], dt))[0]).toBeCloseTo(expected, 7);
  });
});

/** Tracks with the parameters of Gajowczyk & Szwabiński 2021, Table 1, where not given, the models in turn. */
function sample(
  count: number,
  models: readonly GaussianModel[],
  seed: number,
  { D, q, steps }: { D?: number; q?: number; steps?: readonly [number, number] } = {},
) {
  const { between, normal, uniform } = stream(seed);
  return tracksOf(
    Array.from({ length: count }, (_, i) => {
      const model = models[i % models.length];
      const n = steps ? Math.floor(between(steps[0], steps[1] + 1)) : 29;
      const diffusion = D ?? between(0.1, 20);
      const alpha = model === 'fbm' ? between(0.3, 0.7) : 1;
      const extra = model === 'directed' ? (4 * between(1, 17)) / n : 0;
      const direction = 2 * Math.PI * uniform();
      const speed = Math.sqrt(diffusion * dt * extra);
      const sigma = Math.sqrt(diffusion * dt * (1 + extra)) / (q ?? between(1, 9));
      const factor = cholesky(covarianceOf(n, diffusion, dt, alpha, sigma));
      return [Math.cos(direction), Math.sin(direction)].map((along) => {
        const z = Array.from({ length: n }, normal);
        return factor.map((row) => row.reduce((sum, l, j) => sum + l * z[j], speed * along));
      });
    }),
    dt,
  );
}

function scoresOf(
  tracks: ReturnType<typeof sample>,
  classifier: ReturnType<typeof likelihoodClassifier>,
) {
  const { codes, probabilities } = classifier.predict(tracks);
  const classes = classifier.classes.length;
  let right = 0;
  let sure = 0;
  let variance = 0;
  for (let i = 0; i < tracks.count; i++) {
    const p = probabilities[i * classes + codes[i]];
    right += codes[i] === i % classes ? 1 : 0;
    sure += p;
    variance += p * (1 - p);
  }
  return {
    accuracy: right / tracks.count,
    sure: sure / tracks.count,
    error: Math.sqrt(variance) / tracks.count,
  };
}

describe('the exact classifier', () => {
  it('is right on 90.8 % of free and directed tracks with D known and without noise', () => {
    const tracks = sample(3_000, ['brownian', 'directed'], 1, { D: 2, q: Infinity });
    const classifier = likelihoodClassifier({
      models: ['brownian', 'directed'],
      diffusion: [2, 2],
      q: null,
    });
    const { accuracy } = scoresOf(tracks, classifier);
    // papers.md A derives the 90.8 %; 3 standard errors: a false alarm for one seed in 370.
    expect(Math.abs(accuracy - 0.908)).toBeLessThan(3 * Math.sqrt((0.908 * 0.092) / 3_000));
  });

  it('depends on the net displacement alone there', () => {
    const known = { models: ['brownian', 'directed'], diffusion: [2, 2], q: null } as const;
    const [bent, straight] = [
      [
        [3, -1, 2],
        [0, 5, -1],
      ],
      [
        [4 / 3, 4 / 3, 4 / 3],
        [4 / 3, 4 / 3, 4 / 3],
      ],
    ].map((track) => likelihoodClassifier(known).predict(tracksOf([track], 1)).probabilities);
    expect(bent[0]).toBeCloseTo(straight[0], 10);
  });

  it('is as often right as it says, with all priors of Table 1 and noise', () => {
    const models = ['brownian', 'directed', 'fbm'] as const;
    const tracks = sample(300, models, 2, { steps: [29, 60] });
    const { accuracy, sure, error } = scoresOf(tracks, likelihoodClassifier({ models }));
    // The exact rule's probabilities are the chances of being right: 3.3 standard errors, a false alarm in 1,000 seeds.
    expect(Math.abs(accuracy - sure)).toBeLessThan(3.3 * error);
  });

  it('is right on no more than 90.8 % of free and directed tracks with noise', () => {
    const models = ['brownian', 'directed'] as const;
    const { accuracy } = scoresOf(sample(400, models, 3), likelihoodClassifier({ models }));
    // 3 standard errors above what cannot be exceeded: a false alarm in fewer than one seed in 740.
    expect(accuracy).toBeLessThan(0.908 + 3 * Math.sqrt((0.908 * 0.092) / 400));
  });

  it('has quadratures fine enough that a prior may be cut in two', () => {
    const models = ['brownian', 'directed', 'fbm'] as const;
    const tracks = sample(6, models, 4, { steps: [30, 150] });
    const whole = likelihoodClassifier({ models }).logEvidence(tracks);
    const halves = {
      q: [
        [1, 5],
        [5, 9],
      ],
      alpha: [
        [0.3, 0.5],
        [0.5, 0.7],
      ],
    } as const;
    for (const name of ['q', 'alpha'] as const) {
      const parts = halves[name].map((half) =>
        likelihoodClassifier({ models, [name]: half }).logEvidence(tracks),
      );
      whole.forEach((value, i) => {
        const mean = (Math.exp(parts[0][i] - value) + Math.exp(parts[1][i] - value)) / 2;
        expect(Math.abs(Math.log(mean))).toBeLessThan(0.02);
      });
    }
  });

  it('tells particles that do not move from those that do', () => {
    const { normal, between } = stream(8);
    const steps = 40;
    const tracks = tracksOf(
      Array.from({ length: 400 }, (_, i) => {
        const sigma = between(0.01, 0.1);
        const D = between(0.01, 0.5);
        return [0, 1].map(() => {
          const noise = Array.from({ length: steps + 1 }, () => sigma * normal());
          return Array.from(
            { length: steps },
            (_, t) => noise[t + 1] - noise[t] + (i % 2 ? Math.sqrt(2 * D * dt) * normal() : 0),
          );
        });
      }),
      dt,
    );
    const classifier = likelihoodClassifier({
      models: ['immobile', 'brownian'],
      diffusion: [0.01, 0.5],
      q: [0.2, 9],
    });
    expect(scoresOf(tracks, classifier).accuracy).toBeGreaterThan(0.95);
    const still = tracksOf(
      [
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ],
      dt,
    );
    expect([...classifier.predict(still).probabilities].every(Number.isFinite)).toBe(true);
  });

  it('keeps its shares and its options', () => {
    const tracks = sample(4, ['brownian', 'directed'], 9);
    const given = { models: ['brownian', 'directed'], shares: [1, 3] } as const;
    const [even, uneven] = [{ ...given, shares: [1, 1] }, given].map((o) =>
      likelihoodClassifier(o),
    );
    const odds = (p: Float64Array) => p[1] / p[0];
    const [a, b] = [even, uneven].map((c) => odds(c.predict(tracks).probabilities));
    expect(b / a).toBeCloseTo(3, 6);
    const again = likelihoodClassifier(JSON.parse(JSON.stringify(uneven)));
    expect(again.predict(tracks)).toEqual(uneven.predict(tracks));
  });

  it.each([
    [{ diffusion: [0, 1] }, 'diffusion is [0,1]: expected [from, to] with 0 < from ≤ to'],
    [{ q: [3, 2] }, 'q is [3,2]: expected [from, to] with 0 < from ≤ to'],
    [{ alpha: [0.5, 2] }, 'alpha is [0.5,2]: expected [from, to] with 0 < from ≤ to < 2'],
    [
      { models: ['confined'] },
      'models is ["confined"]: expected a list of at least one of immobile, brownian, directed, fbm',
    ],
    [{ shares: [1, 1] }, 'shares is [1,1]: expected 3 positive numbers, one per model'],
    [{ modles: ['fbm'] }, 'likelihood has no option "modles": did you mean "models"?'],
    [{ shares: [1, 0, 1] }, 'shares is [1,0,1]: expected a list of positive numbers'],
  ])('refuses %j', (given, message) => {
    expect(() => likelihoodClassifier(given as never)).toThrow(message);
  });

  it('refuses a single point and a gap', () => {
    const classifier = likelihoodClassifier();
    expect(() => classifier.predict(tracksOf([[[]]], dt))).toThrow(
      'track 0 has 1 points: expected at least 2',
    );
    const gapped = tracksOf([[[1, 2]]], dt);
    const tracks = Object.assign(gapped, { frames: Int32Array.of(0, 1, 5) });
    expect(() => classifier.predict(tracks)).toThrow('track 0 has a gap');
  });
});
