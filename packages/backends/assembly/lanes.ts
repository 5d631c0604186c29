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

/** The sum of the four lanes. */
@inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
