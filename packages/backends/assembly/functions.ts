import { madd } from './lanes';

// V8 builds a constant vector anew in every round of a loop, which takes longer than what is computed with it, and twice as
// long for one of 256 bits: the wide kernels take those of these functions from memory, in one instruction each. The narrow
// ones do not, since older engines read all of a round's constants first and have no registers for them.

enum Constant {
  LOW,
  HIGH,
  LOG2E,
  SHIFT,
  LN2_HIGH,
  LN2_LOW,
  E0,
  E1,
  E2,
  E3,
  E4,
  E5,
  ONE,
  TWO,
  T0,
  T1,
  T2,
  T3,
  T4,
  NEAR,
  TINY,
  BIAS,
}

let constants: usize = 0;

/** Keeps the constants at `at`, for good: room for 32 floats. */
export function keepConstants(at: usize): void {
  constants = at;
  keep(Constant.LOW, -87);
  keep(Constant.HIGH, 88);
  keep(Constant.LOG2E, 1.4426950408889634);
  keep(Constant.SHIFT, 12582912);
  keep(Constant.LN2_HIGH, 0.693359375);
  keep(Constant.LN2_LOW, 2.12194440e-4);
  keep(Constant.E0, 1.9875691500e-4);
  keep(Constant.E1, 1.3981999507e-3);
  keep(Constant.E2, 8.3334519073e-3);
  keep(Constant.E3, 4.1665795894e-2);
  keep(Constant.E4, 1.6666665459e-1);
  keep(Constant.E5, 5.0000001201e-1);
  keep(Constant.ONE, 1);
  keep(Constant.TWO, 2);
  keep(Constant.T0, -5.70498872745e-3);
  keep(Constant.T1, 2.06390887954e-2);
  keep(Constant.T2, -5.37397155531e-2);
  keep(Constant.T3, 1.33314422036e-1);
  keep(Constant.T4, -3.33332819422e-1);
  keep(Constant.NEAR, 0.625);
  keep(Constant.TINY, 1e-24);
  store<i32>(at + (<usize>Constant.BIAS << 2), 127);
}

function keep(which: Constant, value: f32): void {
  store<f32>(constants + (<usize>which << 2), value);
}

/** Where they are: to be asked for before a loop. */
@inline
export function constantsPlace(): usize {
  return WIDE === 1 ? constants : 0;
}

@inline
function fixed(k: usize, which: Constant, value: f32): v128 {
  return WIDE === 1 ? v128.load_splat<f32>(k + (<usize>which << 2)) : f32x4.splat(value);
}

/** Ones, from the constants at k. */
@inline
export function ones(k: usize): v128 {
  return fixed(k, Constant.ONE, 1);
}

/** eˣ of each lane for −87 ≤ x ≤ 88; nearer to the ends where x lies outside. Error below 2 units in the last place. */
@inline
export function exp(x: v128, k: usize): v128 {
  // In this order not-a-number stays what it is.
  x = f32x4.pmin(f32x4.pmax(x, fixed(k, Constant.LOW, -87)), fixed(k, Constant.HIGH, 88));
  // 1.5 · 2²³ leaves no digit behind the point: the nearest integer, which stands in the last bits as such, too.
  const shift = fixed(k, Constant.SHIFT, 12582912);
  const rounded = f32x4.add(f32x4.mul(x, fixed(k, Constant.LOG2E, 1.4426950408889634)), shift);
  const n = f32x4.sub(rounded, shift);
  let r = f32x4.sub(x, f32x4.mul(n, fixed(k, Constant.LN2_HIGH, 0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, fixed(k, Constant.LN2_LOW, 2.12194440e-4)));
  // The minimax polynomial of Moshier's Cephes library (expf).
  let p = madd(fixed(k, Constant.E0, 1.9875691500e-4), r, fixed(k, Constant.E1, 1.3981999507e-3));
  p = madd(p, r, fixed(k, Constant.E2, 8.3334519073e-3));
  p = madd(p, r, fixed(k, Constant.E3, 4.1665795894e-2));
  p = madd(p, r, fixed(k, Constant.E4, 1.6666665459e-1));
  p = madd(p, r, fixed(k, Constant.E5, 5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), fixed(k, Constant.ONE, 1));
  const bias = WIDE === 1 ? v128.load_splat<i32>(k + (<usize>Constant.BIAS << 2)) : i32x4.splat(127);
  return f32x4.mul(p, i32x4.shl(i32x4.add(rounded, bias), 23));
}

/** 1 / (1 + e⁻ˣ) */
@inline
export function sigmoid(x: v128, k: usize): v128 {
  const one = fixed(k, Constant.ONE, 1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x), k)));
}

/** Hyperbolic tangent: a polynomial (Cephes tanhf) near zero, by the exponential elsewhere. */
@inline
export function tanh(x: v128, k: usize): v128 {
  const z = f32x4.mul(x, x);
  let p = madd(fixed(k, Constant.T0, -5.70498872745e-3), z, fixed(k, Constant.T1, 2.06390887954e-2));
  p = madd(p, z, fixed(k, Constant.T2, -5.37397155531e-2));
  p = madd(p, z, fixed(k, Constant.T3, 1.33314422036e-1));
  p = madd(p, z, fixed(k, Constant.T4, -3.33332819422e-1));
  const near = madd(f32x4.mul(p, z), x, x);
  const one = fixed(k, Constant.ONE, 1);
  const e = exp(f32x4.add(x, x), k);
  const far = f32x4.sub(one, f32x4.div(fixed(k, Constant.TWO, 2), f32x4.add(e, one)));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), fixed(k, Constant.NEAR, 0.625)));
}

/**
 * x, or 0 where |x| is below 1e-24. A gradient halves with every step into the past: without this it ends in the
 * denormal numbers, on which a processor is up to a hundred times slower, and which no sum of gradients would notice.
 */
@inline
export function flush(x: v128, k: usize): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), fixed(k, Constant.TINY, 1e-24)));
}
