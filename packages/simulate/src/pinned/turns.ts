const TWO_PI = 6.283185307179586;

/** sin on [−π/4, π/4], after `k_sin.c` of fdlibm (Copyright © 1993 Sun Microsystems, Inc.; freely granted). */
function kernelSin(x: number): number {
  const z = x * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z *
          (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x + z * x * (-1.66666666666666324348e-1 + z * r);
}

/** cos on [−π/4, π/4], after `k_cos.c` of fdlibm. */
function kernelCos(x: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
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
