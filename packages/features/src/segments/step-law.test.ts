import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { contextOf } from '../context.ts';
import { blurredVariogram } from '../posterior/blurred-variogram.ts';
import { fractionalTrack } from '../tracks.fixture.ts';
import { LOOKS_BACK, motionDensities, ORDERS } from './motion-densities.ts';
import { segmentDensity, stepDensities, stepLaw } from './step-law.ts';
import { trackSteps } from './track-steps.ts';

/** ln of the density of all steps by the Cholesky factor of their whole covariance. */
function dense(
  axes: readonly Float64Array[],
  alpha: number,
  diffusion: number,
  sigma: number,
  exposure: number,
) {
  const n = axes[0].length;
  const psi = blurredVariogram(alpha, exposure, n + 1);
  const covariance = (k: number) =>
    k === 0
      ? 2 * diffusion * psi[1] + 2 * sigma ** 2
      : diffusion * (psi[k + 1] - 2 * psi[k] + psi[k - 1]) - (k === 1 ? sigma ** 2 : 0);
  const rows: number[][] = [];
  let sum = 0;
  const solved = axes.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    rows.push([]);
    for (let j = 0; j <= i; j++) {
      let rest = covariance(i - j);
      for (let m = 0; m < j; m++) rest -= rows[i][m] * rows[j][m];
      rows[i].push(i === j ? Math.sqrt(rest) : rest / rows[j][j]);
    }
    axes.forEach((x, a) => {
      let rest = x[i];
      for (let m = 0; m < i; m++) rest -= rows[i][m] * solved[a][m];
      solved[a][i] = rest / rows[i][i];
      sum -= 0.5 * (Math.log(2 * Math.PI) + solved[a][i] ** 2) + Math.log(rows[i][i]);
    });
  }
  return sum;
}

describe('stepLaw', () => {
  const track = fractionalTrack({ length: 14, alpha: 0.7, noiseVariance: 0.3 }, keyedRandom(5));
  const steps = trackSteps(contextOf(track));

  it.each([
    [0.4, 1.3, 0.6, 0],
    [1.6, 0.2, 0.1, 0],
    [1, 0.7, 0.5, 1],
  ])(
    'gives the density of the whole Gaussian: α %d, K %d, σ %d, exposure %d',
    (alpha, diffusion, sigma, exposure) => {
      const law = stepLaw(alpha, diffusion, { sigma, exposure }, 12);
      const all = dense(steps.axes, alpha, diffusion, sigma, exposure);
      expect(segmentDensity(steps, 0, 13, law, new Float64Array(26))).toBeCloseTo(all, 9);
      const table = new Float64Array(13 * 13);
      stepDensities(steps, law, table);
      let sum = 0;
      for (let t = 0; t < 13; t++) sum += table[t * 13 + t];
      expect(sum).toBeCloseTo(all, 9);
      // A segment in the middle is a Gaussian of its own.
      const part = steps.axes.map((x) => x.subarray(4, 9));
      expect(segmentDensity(steps, 4, 9, law, new Float64Array(26))).toBeCloseTo(
        dense(part, alpha, diffusion, sigma, exposure),
        9,
      );
    },
  );

  it('takes what it looks back at only, and begins anew behind a gap', () => {
    const law = stepLaw(0.7, 1, { sigma: 0.2, exposure: 0 }, 2);
    const frames = Int32Array.from(track.positions.slice(0, 14), (_, i) => (i < 6 ? i : i + 3));
    const gapped = trackSteps(contextOf({ ...track, frames }));
    const table = new Float64Array(13 * 3);
    stepDensities(gapped, law, table);
    expect([...gapped.before]).toEqual([0, 1, 2, 3, 4, 0, 0, 1, 2, 3, 4, 5, 6]);
    const variance = 2 * 4 ** 0.7 + 2 * 0.04;
    const square = gapped.axes.reduce((sum, x) => sum + x[5] ** 2, 0);
    const expected = -Math.log(2 * Math.PI * variance) - square / (2 * variance);
    expect(table[5 * 3]).toBeCloseTo(expected, 12);
    expect(table[5 * 3 + 2]).toBe(table[5 * 3]);
    expect(table[6 * 3 + 2]).toBe(table[6 * 3]);
    expect(segmentDensity(gapped, 5, 6, law, new Float64Array(6))).toBeCloseTo(expected, 12);
  });

  it('gives the densities of many laws at once as those of each by itself, over gaps and behind them', () => {
    const { positions } = fractionalTrack({ length: 40, alpha: 0.7 }, keyedRandom(6));
    const frames = Int32Array.from({ length: 40 }, (_, i) => i + (i > 6 ? 2 : 0) + (i > 8 ? 1 : 0));
    for (const dim of [1, 2] as const) {
      const points = positions.length / 2;
      const own = new Tracks({
        positions: positions.subarray(0, points * dim),
        frames: frames.subarray(0, points),
        offsets: [0, points],
        dim,
      });
      const [from] = own;
      const gapped = trackSteps(contextOf(from));
      const laws = [0.4, 1, 1.7].map((alpha) =>
        stepLaw(alpha, 0.7, { sigma: 0.3, exposure: 0.5 }, LOOKS_BACK),
      );
      const each = laws.map((law) => {
        const table = new Float64Array(gapped.count * ORDERS);
        stepDensities(gapped, law, table);
        return table;
      });
      const out = new Float64Array(laws.length * ORDERS);
      const densities = motionDensities(gapped, { laws }, out);
      for (let t = 0; t < gapped.count; t++) {
        densities(t);
        each.forEach((table, g) => {
          for (let r = 0; r < ORDERS; r++) {
            expect(out[g * ORDERS + r]).toBeCloseTo(table[t * ORDERS + r], 10);
          }
        });
      }
    }
  });
});
