import { powerOfTwo } from './double.ts';

const LN2_HI = 0.6931471803691238;
const LN2_LO = 1.9082149292705877e-10;
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the specification leaves the bits of Math.LOG2E open.
const INV_LN2 = 1.4426950408889634;
const TWO_M1000 = 9.332636185032189e-302;
const TWO_1023 = 8.98846567431158e307;

/**
 * e to the power x, within 1 ulp, with the same bits in every engine (`Math.exp` differs between them).
 *
 * After `e_exp.c` of fdlibm (Copyright © 1993 Sun Microsystems, Inc.; freely granted).
 *
 * @example
 * exp(1) // 2.718281828459045
 */
export function exp(x: number): number {
  if (x < -745.1332191019411) return 0;
  if (!(x <= 709.782712893384)) return Number.isNaN(x) ? x : Infinity;
  const k = (INV_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const hi = x - k * LN2_HI;
  const lo = k * LN2_LO;
  const r = hi - lo;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t *
              (0.00006613756321437934 +
                t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  if (k === 0) return y;
  if (k === 1024) return y * 2 * TWO_1023;
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * TWO_M1000;
}
