import { put, take } from './lanes';

/**
 * One step of Adam (Kingma & Ba 2015) on `count` parameters; with `decay`, of AdamW (Loshchilov & Hutter 2019). New numbers
 * may take the place of the old ones, where nobody shares their memory.
 *
 * @param correction1, correction2 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ)
 */
export function adam(
  value: usize,
  gradient: usize,
  first: usize,
  second: usize,
  newValue: usize,
  newFirst: usize,
  newSecond: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  correction1: f32,
  correction2: f32,
  decay: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const rest1 = f32x4.splat(1 - beta1);
  const rest2 = f32x4.splat(1 - beta2);
  const c1 = f32x4.splat(rate * correction1);
  const c2 = f32x4.splat(correction2);
  const e = f32x4.splat(epsilon);
  const kept = f32x4.splat(1 - rate * decay);
  for (let i = 0; i < count; i += 4) {
    const width = min(4, count - i);
    const at = (<usize>i) << 2;
    const g = take(gradient + at, width);
    const m = take(first + at, width);
    const v = take(second + at, width);
    const w = take(value + at, width);
    const m1 = f32x4.add(f32x4.mul(m, b1), f32x4.mul(g, rest1));
    const v1 = f32x4.add(f32x4.mul(v, b2), f32x4.mul(f32x4.mul(g, g), rest2));
    const scale = f32x4.add(f32x4.sqrt(f32x4.mul(v1, c2)), e);
    const w1 = f32x4.sub(f32x4.mul(w, kept), f32x4.div(f32x4.mul(m1, c1), scale));
    put(newFirst + at, m1, width);
    put(newSecond + at, v1, width);
    put(newValue + at, w1, width);
  }
}
