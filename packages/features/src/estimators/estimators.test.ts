import { keyedRandom } from '@diffusion/random';
import type { Track } from '@diffusion/tracks';
import { contextOf } from '../context.ts';
import { brownianMle, diffusionMle, logDeterminant, stepLikelihood } from '../msd/brownian-mle.ts';
import { diffusionCve } from '../msd/cve.ts';
import { alpha } from '../msd/log-log-msd.ts';
import { diffusionMichalet } from '../msd/michalet.ts';
import { fractionalTrack, trackOf, withoutPoints } from '../tracks.fixture.ts';
import { estimateCve } from './estimate-cve.ts';
import { estimateFbm } from './estimate-fbm.ts';
import { estimateLinear } from './estimate-linear.ts';
import { estimateLogLog } from './estimate-log-log.ts';
import { estimateMichalet } from './estimate-michalet.ts';
import { estimateMle } from './estimate-mle.ts';
import { estimatePowerLaw } from './estimate-power-law.ts';
import { ESTIMATORS } from './estimators.fixture.ts';
import { fitMsdModel } from './fit-msd-model.ts';
import { fractionalLikelihood } from './fractional-likelihood.ts';
import { lagCovariance } from './lag-covariance.ts';
import { fractionalVariogram } from './variogram.ts';

const random = keyedRandom(77);
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

/** The same track with its frames spelled out, so that it is treated as one with gaps. */
const framed = (track: Track) => ({
  ...contextOf(track),
  frames: Int32Array.from({ length: track.length }, (_, i) => i),
  memo: [],
});

describe('covariance of the lags', () => {
  const variogram = fractionalVariogram(
    { alpha: 0.7, generalizedDiffusion: 0.8, noiseVariance: 0.3 },
    1,
    20,
  );

  it('is the same by counting and by visiting pairs of displacements', () => {
    const track = fractionalTrack({ length: 20 }, random);
    const lags = [1, 2, 5, 11, 19];
    const counted = lagCovariance(contextOf(track), lags, variogram);
    const visited = lagCovariance(framed(track), lags, variogram);
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        expect(visited.get(i, j)).toBeCloseTo(counted.get(i, j), 10);
      }
    }
  });

  /** 3,000 tracks: correlations are known to 2 %, variances to 3 % or so; the bounds are four of that. */
  it.each([false, true])('is that of simulated tracks, gaps %p', (gaps) => {
    const lags = [1, 3, 6];
    const make = (): Track => {
      const track = fractionalTrack(
        { length: 20, alpha: 0.7, diffusion: 0.8, noiseVariance: 0.3 },
        random,
      );
      return gaps ? withoutPoints(track, (i) => i === 4 || i === 11 || i === 12) : track;
    };
    const expected = lagCovariance(contextOf(make()), lags, variogram);
    const curves = Array.from({ length: 3000 }, () => {
      const { axes, frames } = contextOf(make());
      const at = frames ?? Int32Array.from({ length: 20 }, (_, i) => i);
      return lags.map((k) => {
        const squares: number[] = [];
        at.forEach((frame, i) => {
          const j = at.indexOf(frame + k);
          if (j >= 0) squares.push(axes.reduce((sum, x) => sum + (x[j] - x[i]) ** 2, 0));
        });
        return mean(squares);
      });
    });
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j <= i; j++) {
        const [a, b] = [i, j].map((l) => curves.map((curve) => curve[l]));
        const found = mean(a.map((x, t) => (x - mean(a)) * (b[t] - mean(b))));
        const scale = Math.sqrt(expected.get(i, i) * expected.get(j, j));
        expect(Math.abs(found - expected.get(i, j)) / scale).toBeLessThan(0.16);
      }
    }
  });
});

describe('likelihoods', () => {
  it('of Brownian motion are the same by sine transform, by recursion and by prediction', () => {
    const track = fractionalTrack({ length: 30, dim: 3, noiseVariance: 0.4 }, random);
    const uniform = stepLikelihood(contextOf(track));
    const tridiagonal = stepLikelihood(framed(track));
    const prediction = fractionalLikelihood(contextOf(track));
    for (const u of [0, 0.3, 0.9, -0.4]) {
      expect(tridiagonal.scale(u)).toBeCloseTo(uniform.scale(u), 10);
      expect(tridiagonal.cost(u)).toBeCloseTo(uniform.cost(u), 9);
      expect(prediction(1, u).scale).toBeCloseTo(uniform.scale(u), 10);
      expect(prediction(1, u).cost).toBeCloseTo(uniform.cost(u), 9);
    }
    expect(logDeterminant(1, 12)).toBeCloseTo(Math.log(13 / 2 ** 12), 12);
    expect(logDeterminant(1 - 1e-9, 12)).toBeCloseTo(Math.log(13 / 2 ** 12), 6);
  });

  it('of fractional Brownian motion are the same by prediction and by Cholesky factor', () => {
    const track = fractionalTrack({ length: 25, alpha: 1.4 }, random);
    const prediction = fractionalLikelihood(contextOf(track));
    const factor = fractionalLikelihood(framed(track));
    for (const [a, u] of [
      [0.4, 0],
      [1.4, 0.3],
      [1.9, 0.8],
      [0.8, -0.1],
    ]) {
      expect(factor(a, u).scale).toBeCloseTo(prediction(a, u).scale, 9);
      expect(factor(a, u).cost).toBeCloseTo(prediction(a, u).cost, 8);
    }
  });
});

describe('estimators', () => {
  const track = fractionalTrack({ length: 120, noiseVariance: 0.3, dt: 0.05 }, random);

  it('have the value of the feature of the same formula', () => {
    expect(estimateLogLog(track).alpha.value).toBeCloseTo(alpha(track), 12);
    expect(estimateCve(track).diffusion.value).toBeCloseTo(diffusionCve(track), 12);
    expect(estimateMle(track).diffusion.value).toBeCloseTo(diffusionMle(track), 10);
    expect(estimateMichalet(track).diffusion.value).toBeCloseTo(diffusionMichalet(track), 12);
  });

  it.each(Object.keys(ESTIMATORS))('%s follows the units of length and time', (name) => {
    const scaled = trackOf(
      track.positions.map((x) => 1e-6 * x),
      2,
      { dt: 5e-4 },
    );
    const [a, b] = [ESTIMATORS[name](track, 0.3), ESTIMATORS[name](scaled, 0.3e-12)];
    const factor = /Linear|Michalet|Cve|Mle/.test(name) ? 1e-12 / 1e-2 : 1;
    expect(b.value / (factor * a.value)).toBeCloseTo(1, 3);
    expect(b.standardError / (factor * a.standardError)).toBeCloseTo(1, 2);
    expect(b.interval[1] / (factor * a.interval[1])).toBeCloseTo(1, 2);
  });

  it.each(Object.keys(ESTIMATORS))(
    '%s is NaN, not an exception, on what it cannot judge',
    (name) => {
      for (const positions of [
        Float64Array.of(0, 0),
        Float64Array.of(0, 0, 1, 1),
        new Float64Array(40).fill(3),
      ]) {
        const { value, standardError } = ESTIMATORS[name](trackOf(positions, 2), 0.1);
        expect([value, standardError]).toEqual([Number.NaN, Number.NaN]);
      }
    },
  );

  /** 12 or 150 tracks with a fifth of the points missing: the mean is within 3.5 standard errors of the truth. */
  it.each(Object.keys(ESTIMATORS).filter((name) => !/free|offset|difference/.test(name)))(
    '%s is unbiased but for a tenth of its spread on tracks with gaps',
    (name) => {
      const truth = /Linear|Michalet|Cve|Mle/.test(name) ? 1 : 0.8;
      const noisy = /known|Linear|Michalet|Cve|Mle/.test(name) ? 0.4 : 0;
      const values = Array.from({ length: /Fbm|Log|Power/.test(name) ? 12 : 150 }, () => {
        const whole = fractionalTrack({ length: 60, alpha: truth, noiseVariance: noisy }, random);
        const gapped = withoutPoints(whole, (i) => i % 5 === 2);
        const { value, standardError } = ESTIMATORS[name](gapped, noisy);
        expect(standardError > 0 || value <= 0).toBe(true);
        return value;
      });
      const deviation = spread(values);
      expect(Math.abs(mean(values) - truth)).toBeLessThan(
        deviation * (3.5 / Math.sqrt(values.length) + 0.15),
      );
    },
  );

  /** Exposure over the whole frame, as the mean of 20 positions within it: R = 1/6. 300 tracks, four standard errors. */
  it('correct for motion blur', () => {
    const found = Array.from({ length: 300 }, () => {
      const fine = fractionalTrack({ length: 20 * 80, dt: 0.05 }, random);
      const positions = new Float64Array(160);
      for (let i = 0; i < 80; i++) {
        for (let s = 0; s < 20; s++) {
          for (let a = 0; a < 2; a++)
            positions[2 * i + a] += fine.positions[(20 * i + s) * 2 + a] / 20;
        }
      }
      for (let i = 0; i < 160; i++) positions[i] += 0.5 * random.normal();
      const blurred = trackOf(positions, 2);
      const options = { blur: 1 / 6 };
      const cve = estimateCve(blurred, options);
      return [
        cve.diffusion.value,
        estimateCve(blurred, { ...options, noiseVariance: 0.25 }).diffusion.value,
        estimateMle(blurred, options).diffusion.value,
        estimateLinear(blurred, options).diffusion.value,
        4 * cve.noiseVariance.value,
        4 * estimateLinear(blurred, options).noiseVariance.value,
      ];
    });
    for (let q = 0; q < 6; q++) {
      const values = found.map((row) => row[q]);
      expect(Math.abs(mean(values) - 1)).toBeLessThan((4 * spread(values)) / Math.sqrt(300) + 0.02);
    }
    const ignored = estimateCve(track, { blur: 0 }).noiseVariance.value;
    expect(estimateCve(track, { blur: 0.2 }).noiseVariance.value).toBeGreaterThan(ignored);
  });

  /** 300 tracks: the spread is known to 4 %, the bound is four of that. */
  it('state the standard error of the variance of the noise', () => {
    const make = () => fractionalTrack({ length: 100, noiseVariance: 0.5 }, random);
    const estimates = Array.from({ length: 300 }, make).map((t) => [
      estimateCve(t).noiseVariance,
      estimateLinear(t, { weighting: 'generalised' }).noiseVariance,
      estimateMle(t).noiseVariance,
    ]);
    for (let q = 0; q < 3; q++) {
      const values = estimates.map((row) => row[q].value);
      const stated = mean(estimates.map((row) => row[q].standardError));
      expect(Math.abs(stated / spread(values) - 1)).toBeLessThan(0.17);
      expect(Math.abs(mean(values) - 0.5)).toBeLessThan((4 * spread(values)) / Math.sqrt(300));
    }
  });

  it('approach the bound of Cramér and Rao where noise is known to be absent', () => {
    // sd(D)/D = √(2/(dn)) (Brownian motion, no noise); α and K are fitted too, so α carries the loss.
    const { diffusion } = estimateCve(fractionalTrack({ length: 200 }, random), {
      noiseVariance: 0,
    });
    expect(diffusion.standardError / diffusion.value).toBeGreaterThan(Math.sqrt(1 / 199) * 0.9);
    expect(diffusion.standardError / diffusion.value).toBeLessThan(Math.sqrt(1 / 199) * 1.5);
  });

  it('find the edge of no noise', () => {
    const smooth = fractionalTrack({ length: 60, alpha: 1.6 }, random);
    expect(estimateMle(smooth)).toMatchObject({ atEdge: true, noiseVariance: { value: 0 } });
    expect(brownianMle(contextOf(smooth)).share).toBe(0);
  });

  it('quote what they do not take', () => {
    expect(() => estimateLinear(track, { lags: 1 })).toThrow('lags is 1');
    expect(() => estimateCve(track, { blur: 0.3 })).toThrow('blur is 0.3');
    expect(() => estimateCve(track, { noiseVariance: -1 })).toThrow('noiseVariance is -1');
    expect(() => estimateFbm(track, { noiseVariance: Number.NaN })).toThrow('noiseVariance is NaN');
    expect(() => estimatePowerLaw(track, { lags: 2 })).toThrow('lags is 2');
  });
});

describe('fitMsdModel', () => {
  it('finds the line that weighted least squares finds', () => {
    const brownian = fractionalTrack({ length: 150, noiseVariance: 0.3, dt: 0.1 }, random);
    const [diffusion] = fitMsdModel(brownian, {
      model:
        ([d, c]) =>
        (t) =>
          4 * d * t + c,
      initial: [0.5, 1],
      lags: 10,
    });
    const line = estimateLinear(brownian, { lags: 10, weighting: 'weighted' }).diffusion;
    expect(Math.abs(diffusion.value - line.value)).toBeLessThan(0.5 * line.standardError);
    expect(Math.abs(diffusion.standardError / line.standardError - 1)).toBeLessThan(0.4);
  });

  it('finds the size of a confinement', () => {
    // An Ornstein–Uhlenbeck process of unit variance per axis and a relaxation of 5 frames: MSD 4(1 − e^(−t/5)).
    const keep = Math.exp(-1 / 5);
    const positions = new Float64Array(2 * 1500);
    for (let i = 0; i < positions.length; i++) {
      const fresh = random.normal();
      positions[i] = i < 2 ? fresh : keep * positions[i - 2] + Math.sqrt(1 - keep * keep) * fresh;
    }
    const [size, time] = fitMsdModel(trackOf(positions, 2), {
      model:
        ([r2, tau]) =>
        (t) =>
          r2 * (1 - Math.exp(-t / tau)),
      initial: [1, 1],
      lags: 40,
    });
    expect(Math.abs(size.value - 4)).toBeLessThan(3.5 * size.standardError);
    expect(Math.abs(time.value - 5)).toBeLessThan(3.5 * time.standardError);
    expect(size.standardError).toBeLessThan(0.5);
  });

  it('has nothing to fit on a track that is too short', () => {
    const model =
      ([a, b]: readonly number[]) =>
      (t: number) =>
        a * t + b;
    const [slope] = fitMsdModel(trackOf(Float64Array.of(0, 1), 1), { model, initial: [1, 1] });
    expect(slope.value).toBeNaN();
    expect(() =>
      fitMsdModel(fractionalTrack({ length: 20 }, random), { model, initial: [0, 1] }),
    ).toThrow('initial is 0, 1');
  });
});
