import { exp, ln, type Random, randomLogUniform } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { STATE } from '../andi2/experiment.ts';
import { confinedMsd, relaxationOf } from '../prior/confined-msd.ts';

/** How a particle moves as long as it stays so; lengths in σ, times in frames. */
export interface Way {
  /** Among `STATE`. */
  readonly state: number;
  /** Of FBM; of what is confined or directed, the slope of ln MSD from one frame to four. 0 at rest. */
  readonly alpha: number;
  /** Half of the MSD of one frame per coordinate. */
  readonly D: number;
  /** Mean number of frames that it stays so. */
  readonly stay: number;
  /** D of the motion itself: between the walls, beside the drift. */
  readonly within: number;
  /** Distance per frame. */
  readonly speed?: number;
  /** Relaxation time of a harmonic trap. */
  readonly relaxation?: number;
  /** Of a reflecting wall. */
  readonly radius?: number;
}

/** Share of tracks with one way, two and three of them; those of the others are new at every change. */
const COUNTS = [0.3, 0.45, 0.15];

/** Exponents of free motion are multiples of this, so that the spectra of their noise are kept. */
const GRAIN = 0.02;

/** Draws the ways of a track. One that it never leaves has a stay without an end. */
export function drawWays(
  random: Random,
  dim: Dim,
  frames: number,
  q: number,
): { readonly next: (before: Way | undefined) => Way } {
  let u = random.uniform();
  let count = 0;
  while (count < COUNTS.length && u >= COUNTS[count]) u -= COUNTS[count++];
  const draw = (before: readonly Way[]): Way => drawWay(random, dim, frames, q, before);
  if (count === COUNTS.length) {
    return { next: (before) => draw(before ? [before] : []) };
  }
  if (count === 0) {
    const way = { ...draw([]), stay: Number.POSITIVE_INFINITY };
    return { next: () => way };
  }
  const ways: Way[] = [];
  while (ways.length <= count) ways.push(draw(ways));
  return {
    next(before) {
      const others = ways.filter((way) => way !== before);
      return others[random.integerBelow(others.length)];
    },
  };
}

/** One that is not at rest as another of the track is already. */
function drawWay(random: Random, dim: Dim, frames: number, q: number, others: readonly Way[]): Way {
  const stay = randomLogUniform(random, 6, Math.max(12, frames / 1.5));
  const rests = others.some(({ D }) => D === 0);
  let kind = random.uniform();
  if (rests) kind = 0.15 + 0.85 * kind;
  if (kind < 0.15) return { state: STATE.immobile, alpha: 0, D: 0, stay, within: 0 };
  const apart = others.length > 0 && random.uniform() < 0.85;
  const ratio = apart ? randomLogUniform(random, 0.1, 10) : 1;
  if (kind < 0.35) {
    const reached = limited(q * ratio, 0.5);
    const D = reached * reached;
    const time = randomLogUniform(random, 1.5, Math.max(3, Math.min(15, stay / 3)));
    if (random.uniform() < 0.5) {
      // MSD 2Dτ(1 − e^(−t/τ)) per coordinate.
      const left = (t: number): number => 1 - exp(-t / time);
      const within = D / (time * left(1));
      return { state: STATE.confined, alpha: slope(left), D, stay, within, relaxation: time };
    }
    const rate = relaxationOf(dim) / time;
    const msd = (t: number): number => confinedMsd(dim, t * rate);
    const radius = Math.sqrt(D / msd(1));
    const within = rate * radius * radius;
    return { state: STATE.confined, alpha: slope(msd), D, stay, within, radius };
  }
  const reached = limited(q * ratio, 0.15);
  const D = reached * reached;
  if (kind < 0.8) {
    const plain = random.uniform() < 0.3;
    const steps = Math.round((0.3 + 1.2 * random.uniform()) / GRAIN);
    return { state: STATE.free, alpha: plain ? 1 : steps * GRAIN, D, stay, within: D };
  }
  const drift = randomLogUniform(random, 0.5, 30);
  const within = D / (1 + drift);
  const speed = Math.sqrt(2 * dim * within * drift);
  const alpha = slope((t) => t + drift * t * t);
  return { state: STATE.directed, alpha, D, stay, within, speed };
}

const limited = (q: number, least: number): number => Math.max(least, Math.min(60, q));

const slope = (msd: (t: number) => number): number => ln(msd(4) / msd(1)) / ln(4);
