import { simulate } from '../simulate.ts';
import { keptLocalisations } from './kept-localisations.ts';
import { measure } from './measure.ts';

/**
 * Share of Brownian particles that have not left a slab in which they began anywhere, after a number of steps. Looked at once
 * per step, a wall acts as if 0.5826 steps further out: M. Broadie, P. Glasserman, S. Kou, Math. Finance 7 (1997) 325.
 */
function staying(diffusion: number, steps: number, depth: number): number {
  const away = 0.5826 * Math.sqrt(2 * diffusion);
  const width = depth + 2 * away;
  let sum = 0;
  for (let n = 1; n < 400; n += 2) {
    const wave = (n * Math.PI) / width;
    const began = (Math.cos(wave * away) - Math.cos(wave * (away + depth))) / (wave * depth);
    sum += (4 / (n * Math.PI)) * began * Math.exp(-wave * wave * diffusion * steps);
  }
  return sum;
}

const walk = { model: 'brownian', count: 20_000, length: 30, dim: 3, D: 0.5, seed: 4 } as const;

describe('focus', () => {
  it('is left as diffusion to two absorbing walls says', () => {
    const [depth, D] = [10, 0.5];
    const seen = simulate({ ...walk, focus: { depth } });
    const tracks = seen.trackColumns.track as { codes?: Uint32Array } & ArrayLike<number>;
    const first = new Set<number>();
    const left = new Int32Array(walk.length + 1);
    for (const track of seen) {
      const number = Number(tracks.codes?.[track.index] ?? tracks[track.index]);
      if (first.has(number)) continue;
      first.add(number);
      // Pieces that begin later are what came back.
      if (track.frames![0] === 0) left[track.length]++;
    }
    expect(first.size).toBe(walk.count);
    for (const steps of [3, 8, 15, 29]) {
      const gone = left.slice(0, steps + 1).reduce((a, b) => a + b, 0);
      // A share of 20,000 spreads by at most 0.0035; four of them.
      expect(Math.abs(1 - gone / walk.count - staying(D, steps, depth))).toBeLessThan(0.014);
    }
  });

  it('cuts a track at each return, and keeps the columns of the track', () => {
    const line = simulate({ ...walk, count: 200, D: 5 });
    const seen = measure(line, { focus: { depth: 4 }, seed: 1 });
    expect(seen.count).toBeGreaterThan(line.count);
    for (const { positions, frames, length } of seen) {
      for (let p = 0; p < length; p++) {
        expect(positions[3 * p + 2]).toBeGreaterThanOrEqual(0);
        expect(positions[3 * p + 2]).toBeLessThan(4);
        if (p > 0) expect(frames![p] - frames![p - 1]).toBe(1);
      }
    }
    const long = measure(line, { focus: { depth: 4, minPoints: 3 }, seed: 1 });
    expect(long.count).toBe([...seen].filter(({ length }) => length >= 3).length);
  });

  it('shows the same number of particles at every time where the volume is higher', () => {
    const seen = measure(simulate(walk), { focus: { depth: 5, height: 20 }, seed: 2 });
    const perFrame = new Int32Array(walk.length);
    for (const { frames } of seen) for (const frame of frames!) perFrame[frame]++;
    // A quarter of 20,000, which spreads by √(20,000 · 1/4 · 3/4) = 61; four of them.
    for (const number of perFrame) expect(Math.abs(number - 5000)).toBeLessThan(245);
  });

  it('is for 3D tracks', () => {
    const flat = simulate({ ...walk, dim: 2, count: 1 });
    expect(() => measure(flat, { focus: { depth: 1 }, seed: 1 })).toThrow(
      'focus is {"depth":1}: expected 3D tracks, whose z leaves it: these are 2D',
    );
    const deep = simulate({ ...walk, count: 1 });
    expect(() => measure(deep, { focus: { depth: 2, height: 1 }, seed: 1 })).toThrow(
      'focus.height is 1: expected a number ≥ 2',
    );
  });
});

describe('keptLocalisations', () => {
  const common = { dim: 2, dt: 1, frames: 400, minPoints: 2, seed: 1 } as const;

  it('keeps what has a link on one side at least', () => {
    // A link is kept with probability 1 − exp(−r²/(4DΔt + 4σ²)); of 400 localisations, the ends have one link.
    const [D, sigma, radius] = [0.5, 0.5, 1.5];
    const link = 1 - Math.exp(-(radius ** 2) / (4 * D + 4 * sigma ** 2));
    const expected = 1 - (1 - link) ** 2;
    const kept = keptLocalisations({
      ...{ ...common, diffusion: new Float64Array(40).fill(D) },
      ...{ sigma: new Float64Array(40).fill(sigma), maxJump: radius },
    });
    const mean = kept.reduce((a, b) => a + b, 0) / kept.length;
    expect(Math.abs(mean - expected)).toBeLessThan(0.01);
  });

  it('keeps all of what rests, and the less the faster it moves', () => {
    const kept = keptLocalisations({
      ...common,
      diffusion: [0, Number.NaN, 1e-6, 0.1, 1, 100],
      depth: 1,
      minPoints: 5,
    });
    expect([...kept.slice(0, 2)]).toEqual([1, Number.NaN]);
    expect(kept[2]).toBeGreaterThan(0.97);
    for (let i = 3; i < 6; i++) expect(kept[i]).toBeLessThan(kept[i - 1]);
    expect(kept[5]).toBe(0.01);
  });

  it('gives back the shares of particles from those of localisations', () => {
    const [depth, minPoints, frames] = [2, 4, 100];
    const diffusion = [0.01, 0.5];
    const localisations = diffusion.map((D, k) => {
      const walks = simulate({ ...walk, count: 3000, length: frames, D, seed: 10 + k });
      const seen = measure(walks, { focus: { depth, height: 8, minPoints }, seed: 3 });
      return seen.pointCount;
    });
    const kept = keptLocalisations({ ...common, diffusion, depth, minPoints, frames });
    const whole = localisations.map((number, k) => number / kept[k]);
    const [seen, corrected] = [localisations, whole].map(([slow, fast]) => fast / (slow + fast));
    // As many were simulated of either; a particle is in focus in a quarter of its frames.
    expect(seen).toBeLessThan(0.4);
    expect(Math.abs(corrected - 0.5)).toBeLessThan(0.03);
  });

  it('says what is wrong', () => {
    expect(() => keptLocalisations({ ...common, diffusion: [1], alpha: [] })).toThrow(
      'alpha is 0: expected as many numbers as diffusion has, 1',
    );
    expect(() => keptLocalisations({ ...common, diffusion: [1], depth: 0 })).toThrow('depth is 0');
    expect(() => keptLocalisations({ ...common, diffusion: [1], minPoints: 401 })).toThrow(
      'minPoints is 401',
    );
  });
});
