import type { Random } from '@diffusion/random';
import { type Dim, type Track, Tracks } from '@diffusion/tracks';

/** Factors of the covariance of fractional Gaussian noise, by exponent and length. */
const factors = new Map<string, Float64Array[]>();

/** Lower triangular factor of the covariance of n steps of fractional Brownian motion of unit step variance. */
function factorOf(alpha: number, n: number): Float64Array[] {
  const key = `${alpha} ${n}`;
  const known = factors.get(key);
  if (known) return known;
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    rows.push(new Float64Array(i + 1));
    for (let j = 0; j <= i; j++) {
      const k = i - j;
      let sum = ((k + 1) ** alpha + Math.abs(k - 1) ** alpha - 2 * k ** alpha) / 2;
      for (let m = 0; m < j; m++) sum -= rows[i][m] * rows[j][m];
      rows[i][j] = i === j ? Math.sqrt(sum) : sum / rows[j][j];
    }
  }
  factors.set(key, rows);
  return rows;
}

/** What {@link fractionalTrack} simulates. */
export interface Motion {
  readonly length: number;
  readonly dim?: Dim;
  readonly alpha?: number;
  /** K of 2K·t^α per axis. */
  readonly diffusion?: number;
  /** σ² per axis. */
  readonly noiseVariance?: number;
  readonly dt?: number;
}

/** A track of fractional Brownian motion with localisation noise; Brownian motion by default. Exact, by Cholesky. */
export function fractionalTrack(motion: Motion, random: Pick<Random, 'normal'>): Track {
  const { length, dim = 2, alpha = 1, diffusion = 1, noiseVariance = 0, dt = 1 } = motion;
  const positions = new Float64Array(length * dim);
  const scale = Math.sqrt(2 * diffusion * dt ** alpha);
  const rows = alpha === 1 ? undefined : factorOf(alpha, length - 1);
  for (let a = 0; a < dim; a++) {
    const white = Float64Array.from({ length: length - 1 }, () => random.normal());
    let x = 0;
    for (let i = 0; i + 1 < length; i++) {
      let step = white[i];
      if (rows) {
        step = 0;
        for (let j = 0; j <= i; j++) step += rows[i][j] * white[j];
      }
      x += scale * step;
      positions[(i + 1) * dim + a] = x;
    }
    for (let i = 0; noiseVariance > 0 && i < length; i++) {
      positions[i * dim + a] += Math.sqrt(noiseVariance) * random.normal();
    }
  }
  return trackOf(positions, dim, { dt });
}

/** A track from its coordinates. */
export function trackOf(
  positions: Float64Array,
  dim: Dim,
  { dt = 1, frames }: { readonly dt?: number; readonly frames?: Int32Array } = {},
): Track {
  const offsets = Uint32Array.of(0, positions.length / dim);
  return new Tracks({ positions, offsets, dim, dt, ...(frames && { frames }) }).at(0);
}

/** The track without the points that `drop` names; frames stay where they were. */
export function withoutPoints(track: Track, drop: (i: number) => boolean): Track {
  const kept = Array.from({ length: track.length }, (_, i) => i).filter((i) => !drop(i));
  const positions = kept.flatMap((i) =>
    Array.from(track.positions.subarray(i * track.dim, (i + 1) * track.dim)),
  );
  return trackOf(Float64Array.from(positions), track.dim, {
    dt: track.dt,
    frames: Int32Array.from(kept),
  });
}
