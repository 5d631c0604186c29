// Four floats at a time, and the one to three that are left.

/** a·b + c; in one rounding where the engine has relaxed SIMD. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** The first `count` (1 to 3) floats at `at`; the other lanes are zero. */
@inline
export function loadPart(at: usize, count: i32): v128 {
  let lanes = v128.load32_zero(at);
  if (count > 1) lanes = v128.load_lane<f32>(at, lanes, 1, 4);
  if (count > 2) lanes = v128.load_lane<f32>(at, lanes, 2, 8);
  return lanes;
}

/** Stores the first `count` (1 to 3) lanes. */
@inline
export function storePart(at: usize, lanes: v128, count: i32): void {
  v128.store_lane<f32>(at, lanes, 0);
  if (count > 1) v128.store_lane<f32>(at, lanes, 1, 4);
  if (count > 2) v128.store_lane<f32>(at, lanes, 2, 8);
}

/** `count` (1 to 4) floats at `at`. */
@inline
export function take(at: usize, count: i32): v128 {
  return count === 4 ? v128.load(at) : loadPart(at, count);
}

/** Stores the first `count` (1 to 4) lanes. */
@inline
export function put(at: usize, lanes: v128, count: i32): void {
  if (count === 4) v128.store(at, lanes);
  else storePart(at, lanes, count);
}

/**
 * Whether eight floats are done at once where `left` are left, as two vectors side by side whose operations V8 can fuse:
 * all of them are loaded before any is stored, since it does not look for pairs across that.
 */
@inline
export function isPair(left: i32): bool {
  return WIDE === 1 && left >= 8;
}

/** Stores two vectors side by side, or without `pair` the first `count` lanes of `low`. */
@inline
export function putPair(pair: bool, at: usize, low: v128, high: v128, count: i32): void {
  if (pair) {
    v128.store(at, low);
    v128.store(at, high, 16);
  } else {
    put(at, low, count);
  }
}

/** The first of two vectors side by side, or without `pair` `count` (1 to 4) floats. */
@inline
export function takeLow(pair: bool, at: usize, count: i32): v128 {
  return pair ? v128.load(at) : take(at, count);
}

/** The second of two vectors side by side; without `pair` of no use. */
@inline
export function takeHigh(pair: bool, at: usize): v128 {
  return pair ? v128.load(at, 16) : f32x4.splat(0);
}

/** The sum of the four lanes. */
@inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
