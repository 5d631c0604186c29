import { simulate } from '../simulate.ts';
import {
  type Comparison,
  compare,
  LAGS,
  mean,
  ratio,
  sampleOf,
  verdict,
} from './statistics.fixture.ts';

const T = 200;
const N = 2000;
const exact = (value: number): { value: number; se: number } => ({ value, se: 0 });

/** Covariance of unit fractional Gaussian noise. */
const gamma = (k: number, alpha: number): number =>
  0.5 * ((k + 1) ** alpha - 2 * k ** alpha + Math.abs(k - 1) ** alpha);

/** Mean time-averaged MSD per coordinate of SBM seen from t = 1 on. */
function sbmTimeAverage(lag: number, alpha: number): number {
  let sum = 0;
  for (let t = 1; t <= T - lag; t++) sum += (t + lag) ** alpha - t ** alpha;
  return sum / (T - lag);
}

const DIMS = [1, 2, 3] as const;

// 705 comparisons, correlated within a sample; were they normal and independent, one beyond 4 would turn up with
// probability 4 %. The seeds are fixed.
describe('closed forms in 1D, 2D and 3D', () => {
  it('fbm: MSD = dim·L^α, autocorrelation γ(k)', () => {
    const list: Comparison[] = [];
    for (const dim of DIMS) {
      for (const [a, alpha] of [0.05, 0.4, 1, 1.6, 1.95].entries()) {
        const tracks = simulate({
          model: 'fbm',
          count: N,
          length: T,
          dim,
          seed: 100 * dim + a,
          alpha,
        });
        const { ensemble, timeAveraged, products } = sampleOf(tracks);
        for (const [l, lag] of LAGS.entries()) {
          const expected = exact(dim * lag ** alpha);
          list.push(compare(`${dim}D α ${alpha} ensemble ${lag}`, mean(ensemble[l]), expected));
          list.push(compare(`${dim}D α ${alpha} time ${lag}`, mean(timeAveraged[l]), expected));
        }
        for (let k = 1; k <= 5; k++) {
          const ours = ratio(products[k], products[0]);
          list.push(compare(`${dim}D α ${alpha} acf ${k}`, ours, exact(gamma(k, alpha))));
        }
      }
    }
    const { beyond4, share3 } = verdict(list);
    expect(beyond4).toEqual([]);
    expect(share3).toBeLessThanOrEqual(0.01);
  });

  it('sbm: ensemble MSD = dim·((1 + L)^α − 1), time average Σ (t + L)^α − t^α', () => {
    const list: Comparison[] = [];
    for (const dim of DIMS) {
      for (const [a, alpha] of [0.05, 0.4, 1, 1.6, 2].entries()) {
        const tracks = simulate({
          model: 'sbm',
          count: N,
          length: T,
          dim,
          seed: 100 * dim + 60 + a,
          alpha,
        });
        const { ensemble, timeAveraged } = sampleOf(tracks);
        for (const [l, lag] of LAGS.entries()) {
          const first = exact(dim * ((1 + lag) ** alpha - 1));
          list.push(compare(`${dim}D α ${alpha} ensemble ${lag}`, mean(ensemble[l]), first));
          const average = exact(dim * sbmTimeAverage(lag, alpha));
          list.push(compare(`${dim}D α ${alpha} time ${lag}`, mean(timeAveraged[l]), average));
        }
      }
    }
    const { beyond4, share3 } = verdict(list);
    expect(beyond4).toEqual([]);
    expect(share3).toBeLessThanOrEqual(0.01);
  });
});

// Each below is beyond 4 standard errors with probability 6e-5.
describe.each(DIMS)('one step in %iD', (dim) => {
  it('ctrw: a jump has the squared length dim, in 3D 1', () => {
    const ctrw = simulate({ model: 'ctrw', count: 20_000, length: 3, dim, seed: 3, alpha: 1 });
    // P(w < 2) = ½: half of the tracks have jumped once at frame 1.
    const { value, se } = mean(squares(ctrw.positions, 3 * dim, dim));
    expect(Math.abs(value - (dim === 3 ? 0.5 : 0.5 * dim))).toBeLessThan(4 * se);
  });

  it('levy-walk: one speed for all steps, uniform from 0 to 10', () => {
    const tracks = simulate({
      model: 'levy-walk',
      count: 4000,
      length: 2,
      dim,
      seed: 4,
      alpha: 1.5,
    });
    const { value, se } = mean(squares(tracks.positions, 2 * dim, dim));
    expect(Math.abs(value - 100 / 3)).toBeLessThan(4 * se);
  });
});

/** |r(1)|² of tracks of `stride` coordinates. */
function squares(positions: Float64Array, stride: number, dim: number): Float64Array {
  return Float64Array.from({ length: positions.length / stride }, (_, i) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += positions[i * stride + dim + d] ** 2;
    return sum;
  });
}
