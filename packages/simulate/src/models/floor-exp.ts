import { exp, ln } from '@diffusion/random';

const LN_2 = ln(2);
const LN_3 = ln(3);
const LN_4 = ln(4);

/** ⌊exp(x)⌋ for x ≥ 0; most flights and residences are of one to three frames, and need no exponential. */
export function floorExp(x: number): number {
  if (x < LN_2) return 1;
  if (x < LN_3) return 2;
  if (x < LN_4) return 3;
  return Math.floor(exp(x));
}
