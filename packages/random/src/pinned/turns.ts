const TWO_PI = 6.283185307179586;

/** sin on [−π/4, π/4], after `k_sin.c` of fdlibm (Copyright © 1993 Sun Microsystems, Inc.; freely granted). */
function kernelSin(x: number): number {
  const z = x * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x + z * x * (-0.16666666666666632 + z * r);
}

/** cos on [−π/4, π/4], after `k_cos.c` of fdlibm. */
function kernelCos(x: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z *
                (-2.7557314351390663e-7 +
                  z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + z * r);
}

/**
 * Sine of an angle given in turns (1 turn = 2π), with the same bits in every engine.
 * Quarter turns give exactly 0 and ±1.
 *
 * @example
 * sinTurns(0.25) // 1
 */
export function sinTurns(turns: number): number {
  return cosTurns(turns - 0.25);
}

/**
 * Cosine of an angle given in turns (1 turn = 2π), with the same bits in every engine.
 * Quarter turns give exactly 0 and ±1.
 *
 * @example
 * cosTurns(0.5) // -1
 */
export function cosTurns(turns: number): number {
  const fraction = turns - Math.floor(turns);
  const quarter = Math.floor(4 * fraction + 0.5);
  const x = (fraction - quarter / 4) * TWO_PI;
  switch (quarter & 3) {
    case 0:
      return kernelCos(x);
    case 1:
      return -kernelSin(x);
    case 2:
      return -kernelCos(x);
    default:
      return kernelSin(x);
  }
}
