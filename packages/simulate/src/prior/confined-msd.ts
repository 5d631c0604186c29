import { exp } from '@diffusion/random';

/** Roots of the first modes, and what is left of the series where they end: nothing for all but the shortest times. */
const MODES = 512;

/** The first roots of J₁′ (DLMF 10.21); later ones are given by McMahon's expansion to rounding of what they are used for. */
const CIRCLE = [
  1.8411837813406593, 5.331442773525033, 8.536316366346286, 11.706004902592063, 14.863588633909034,
];

interface Modes {
  /** β², the roots of the derivative of the radial function, squared. */
  readonly squares: Float64Array;
  /** Their weights in the MSD, which add up to 1. */
  readonly weights: Float64Array;
}

const modes = new Map<number, Modes>();

function modesOf(dim: number): Modes {
  const kept = modes.get(dim);
  if (kept) return kept;
  const squares = new Float64Array(MODES);
  const weights = new Float64Array(MODES);
  for (let n = 0; n < MODES; n++) {
    const root = rootOf(dim, n + 1);
    squares[n] = root * root;
    weights[n] = (4 + 2 * dim) / (squares[n] * (squares[n] - (dim - 1)));
  }
  const made = { squares, weights };
  modes.set(dim, made);
  return made;
}

function rootOf(dim: number, n: number): number {
  if (dim === 1) return (n - 0.5) * Math.PI;
  if (dim === 2) {
    if (n <= CIRCLE.length) return CIRCLE[n - 1];
    const b = 8 * (n - 0.25) * Math.PI;
    const z = 1 / (b * b);
    // Abramowitz & Stegun 9.5.13 for ν = 1.
    return b / 8 - (7 + z * ((4 * 433) / 3 + (z * 32 * 30069) / 15)) / b;
  }
  if (n === 1) return 2.0815759778181;
  // tan β = 2β/(2 − β²): a fixed point, with the series of the arc tangent.
  let root = n * Math.PI;
  for (let k = 0; k < 40; k++) {
    const y = (2 * root) / (root * root - 2);
    const z = y * y;
    root = n * Math.PI - y * (1 - z * (1 / 3 - z * (1 / 5 - z * (1 / 7 - z * (1 / 9 - z / 11)))));
  }
  return root;
}

/**
 * Relaxation time of diffusion inside a segment, circle or sphere, the slowest of those of its MSD, in units of
 * radius²/D: 1/β₁², β₁ = π/2, 1.841, 2.082.
 */
export function relaxationOf(dim: number): number {
  return 1 / modesOf(dim).squares[0];
}

/**
 * MSD per coordinate over 2 radius² of diffusion inside a segment, circle or sphere with a reflecting wall, begun anywhere
 * inside: (1 − Σ w exp(−β² Dt/radius²))/(dim + 2), w = (4 + 2·dim)/(β²(β² − dim + 1)), β the roots of the derivative of
 * the radial function (Bickel 2007, Physica A 377, 24; Saxton 1993, Biophys. J. 64, 1766).
 *
 * @param time Dt/radius².
 */
export function confinedMsd(dim: number, time: number): number {
  const { squares, weights } = modesOf(dim);
  let left = 0;
  for (let n = 0; n < MODES; n++) {
    const term = weights[n] * exp(-squares[n] * time);
    left += term;
    if (term < 1e-13) break;
  }
  return (1 - left) / (dim + 2);
}
