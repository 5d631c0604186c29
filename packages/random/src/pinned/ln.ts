import { highWord, powerOfTwo } from './double.ts';

const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;
const TWO_54 = 18014398509481984;

/**
 * Natural logarithm of x, within 1 ulp, with the same bits in every engine (`Math.log` differs between them).
 * NaN for x < 0, −Infinity for 0.
 *
 * After `e_log.c` of fdlibm (Copyright © 1993 Sun Microsystems, Inc.; freely granted).
 *
 * @example
 * ln(10) // 2.302585092994046
 */
export function ln(x: number): number {
  let y = x;
  let hx = highWord(y);
  let k = 0;
  if (hx < 0x00100000) {
    if (y === 0) return -Infinity;
    if (hx < 0) return NaN;
    k = -54;
    y *= TWO_54;
    hx = highWord(y);
  }
  if (hx >= 0x7ff00000) return y + y;
  const exponent = (hx >> 20) - 1023;
  hx &= 0x000fffff;
  // x = 2^k (1 + f) with √½ < 1 + f < √2
  const shift = exponent + ((hx + 0x95f64) >> 20);
  k += shift;
  const f = y * powerOfTwo(-shift) - 1;
  if ((0x000fffff & (2 + hx)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HI + k * LN2_LO;
    const r = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HI - (r - k * LN2_LO - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = even + odd;
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const half = 0.5 * f * f;
    return k === 0
      ? f - (half - s * (half + r))
      : k * LN2_HI - (half - (s * (half + r) + k * LN2_LO) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HI - (s * (f - r) - k * LN2_LO - f);
}
