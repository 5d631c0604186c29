import { Tracks } from '@diffusion/tracks';

/** The classes of {@link motion}, in the order of its codes. */
export const motionClasses = ['ND', 'DM', 'CD', 'FBM'];

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal numbers, by the polar method. */
export function normals(uniform: () => number): () => number {
  return () => {
    let [x, r] = [0, 0];
    while (!(r > 0 && r < 1)) {
      x = 2 * uniform() - 1;
      r = x * x + (2 * uniform() - 1) ** 2;
    }
    return x * Math.sqrt((-2 * Math.log(r)) / r);
  };
}

/**
 * Rough tracks of four kinds to draw, track i of kind i % 4: Brownian, with drift, on a spring, and drawn back by
 * part of every step. In µm at 1/30 s, scattered over a field of 60 µm; every fifth has a gap. Not for science.
 */
export function motion(count: number, seed: number): { tracks: Tracks; codes: Int32Array } {
  const uniform = uniforms(seed);
  const normal = normals(uniform);
  const codes = Int32Array.from({ length: count }, (_, i) => i % 4);
  const positions: number[] = [];
  const frames: number[] = [];
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const length = 30 + Math.floor(270 * uniform() ** 2);
    const [x0, y0] = [60 * uniform(), 60 * uniform()];
    const angle = 2 * Math.PI * uniform();
    const step = 0.1 + 0.2 * uniform();
    let [x, y, dx, dy] = [0, 0, 0, 0];
    for (let p = 0; p < length; p++) {
      positions.push(x0 + x, y0 + y);
      frames.push(p + (i % 5 === 0 && p > length / 2 ? 4 : 0));
      const drift = codes[i] === 1 ? 0.6 * step : 0;
      const spring = codes[i] === 2 ? 0.15 : 0;
      const back = codes[i] === 3 ? -0.45 : 0;
      [dx, dy] = [step * normal() + back * dx, step * normal() + back * dy];
      x += dx + drift * Math.cos(angle) - spring * x;
      y += dy + drift * Math.sin(angle) - spring * y;
    }
    offsets[i + 1] = frames.length;
  }
  const tracks = new Tracks({
    positions: Float64Array.from(positions),
    frames: Int32Array.from(frames),
    offsets,
    dim: 2,
    dt: 1 / 30,
    positionUnit: 'µm',
    timeUnit: 's',
  });
  return { tracks, codes };
}

/** Mean TA-MSD per kind over tracks without a gap, lags 1 to 20, to draw. */
export function motionMsd({ tracks, codes }: { tracks: Tracks; codes: ArrayLike<number> }) {
  return motionClasses.map((label, k) => {
    const sums = new Float64Array(20);
    const pairs = new Float64Array(20);
    for (const { index, positions, length } of tracks) {
      if (codes[index] !== k || index % 5 === 0) continue;
      for (let lag = 1; lag <= 20; lag++) {
        for (let p = 0; p + lag < length; p++) {
          const x = positions[2 * (p + lag)] - positions[2 * p];
          const y = positions[2 * (p + lag) + 1] - positions[2 * p + 1];
          sums[lag - 1] += x * x + y * y;
          pairs[lag - 1]++;
        }
      }
    }
    return {
      label,
      lag: sums.map((_, l) => (l + 1) * tracks.dt),
      msd: sums.map((sum, l) => sum / pairs[l]),
    };
  });
}
