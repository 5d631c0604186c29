import { constantsPlace, ones, sigmoid as sigmoidOf, tanh as tanhOf } from './functions';
import { loadPart, storePart } from './lanes';

// Functions of every element. The operation is a constant where a loop is written out, so nothing is decided inside one.

enum Op {
  Relu,
  Neg,
  Square,
  Sqrt,
  Rsqrt,
  Tanh,
  Sigmoid,
  Abs,
  Add,
  Sub,
  Mul,
  Div,
  SquaredDifference,
  RectifiedSum,
  ReluGradient,
  TanhGradient,
  SigmoidGradient,
}

@inline
function one(op: Op, x: v128, k: usize): v128 {
  if (op === Op.Relu) return f32x4.pmax(x, f32x4.splat(0));
  if (op === Op.Neg) return f32x4.neg(x);
  if (op === Op.Square) return f32x4.mul(x, x);
  if (op === Op.Sqrt) return f32x4.sqrt(x);
  if (op === Op.Rsqrt) return f32x4.div(ones(k), f32x4.sqrt(x));
  if (op === Op.Tanh) return tanhOf(x, k);
  if (op === Op.Sigmoid) return sigmoidOf(x, k);
  return f32x4.abs(x);
}

@inline
function two(op: Op, a: v128, b: v128, k: usize): v128 {
  if (op === Op.Add) return f32x4.add(a, b);
  if (op === Op.Sub) return f32x4.sub(a, b);
  if (op === Op.Mul) return f32x4.mul(a, b);
  if (op === Op.Div) return f32x4.div(a, b);
  if (op === Op.SquaredDifference) {
    const difference = f32x4.sub(a, b);
    return f32x4.mul(difference, difference);
  }
  if (op === Op.RectifiedSum) return f32x4.pmax(f32x4.add(a, b), f32x4.splat(0));
  // Of a gradient a and a result b.
  if (op === Op.ReluGradient) return v128.and(a, f32x4.gt(b, f32x4.splat(0)));
  if (op === Op.TanhGradient) return f32x4.mul(a, f32x4.sub(ones(k), f32x4.mul(b, b)));
  return f32x4.mul(a, f32x4.mul(b, f32x4.sub(ones(k), b)));
}

@inline
function each(op: Op, x: usize, y: usize, count: i32): void {
  const k = constantsPlace();
  if (WIDE === 1) {
    const end = x + (<usize>(count & ~7) << 2);
    while (x < end) {
      const low = one(op, v128.load(x), k);
      const high = one(op, v128.load(x, 16), k);
      v128.store(y, low);
      v128.store(y, high, 16);
      x += 32;
      y += 32;
    }
    count &= 7;
  }
  const end = x + (<usize>(count & ~3) << 2);
  while (x < end) {
    v128.store(y, one(op, v128.load(x), k));
    x += 16;
    y += 16;
  }
  const rest = count & 3;
  if (rest) storePart(y, one(op, loadPart(x, rest), k), rest);
}

/**
 * c = a op b over `outer` × `middle` × `inner` elements. A step of bytes is 0 where an operand is repeated; `aInner` and
 * `bInner` are 0 where it is one value along the innermost.
 */
@inline
function broadcast(
  op: Op,
  a: usize,
  b: usize,
  c: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  aOuter: i32,
  aMiddle: i32,
  aInner: i32,
  bOuter: i32,
  bMiddle: i32,
  bInner: i32,
): void {
  const k = constantsPlace();
  const fours = <usize>(inner & ~3) << 2;
  const eights = <usize>(inner & ~7) << 2;
  const rest = inner & 3;
  for (let i = 0; i < outer; i++) {
    let p = a;
    let q = b;
    for (let j = 0; j < middle; j++) {
      const end = c + fours;
      const pairsEnd = c + eights;
      let v = p;
      let w = q;
      if (aInner && bInner) {
        if (WIDE === 1) {
          while (c < pairsEnd) {
            const low = two(op, v128.load(v), v128.load(w), k);
            const high = two(op, v128.load(v, 16), v128.load(w, 16), k);
            v128.store(c, low);
            v128.store(c, high, 16);
            v += 32;
            w += 32;
            c += 32;
          }
        }
        while (c < end) {
          v128.store(c, two(op, v128.load(v), v128.load(w), k));
          v += 16;
          w += 16;
          c += 16;
        }
        if (rest) storePart(c, two(op, loadPart(v, rest), loadPart(w, rest), k), rest);
      } else if (aInner) {
        const same = v128.load_splat<f32>(w);
        if (WIDE === 1) {
          while (c < pairsEnd) {
            const low = two(op, v128.load(v), same, k);
            const high = two(op, v128.load(v, 16), same, k);
            v128.store(c, low);
            v128.store(c, high, 16);
            v += 32;
            c += 32;
          }
        }
        while (c < end) {
          v128.store(c, two(op, v128.load(v), same, k));
          v += 16;
          c += 16;
        }
        if (rest) storePart(c, two(op, loadPart(v, rest), same, k), rest);
      } else {
        const same = v128.load_splat<f32>(v);
        if (WIDE === 1) {
          while (c < pairsEnd) {
            const low = two(op, same, v128.load(w), k);
            const high = two(op, same, v128.load(w, 16), k);
            v128.store(c, low);
            v128.store(c, high, 16);
            w += 32;
            c += 32;
          }
        }
        while (c < end) {
          v128.store(c, two(op, same, v128.load(w), k));
          w += 16;
          c += 16;
        }
        if (rest) storePart(c, two(op, same, loadPart(w, rest), k), rest);
      }
      c += <usize>rest << 2;
      p += aMiddle;
      q += bMiddle;
    }
    a += aOuter;
    b += bOuter;
  }
}

export function relu(x: usize, y: usize, count: i32): void {
  each(Op.Relu, x, y, count);
}

export function neg(x: usize, y: usize, count: i32): void {
  each(Op.Neg, x, y, count);
}

export function square(x: usize, y: usize, count: i32): void {
  each(Op.Square, x, y, count);
}

export function sqrt(x: usize, y: usize, count: i32): void {
  each(Op.Sqrt, x, y, count);
}

export function rsqrt(x: usize, y: usize, count: i32): void {
  each(Op.Rsqrt, x, y, count);
}

export function tanh(x: usize, y: usize, count: i32): void {
  each(Op.Tanh, x, y, count);
}

export function sigmoid(x: usize, y: usize, count: i32): void {
  each(Op.Sigmoid, x, y, count);
}

export function abs(x: usize, y: usize, count: i32): void {
  each(Op.Abs, x, y, count);
}

export function add(
  a: usize,
  b: usize,
  c: usize,
  n: i32,
  m: i32,
  k: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  broadcast(Op.Add, a, b, c, n, m, k, a0, a1, a2, b0, b1, b2);
}

export function sub(
  a: usize,
  b: usize,
  c: usize,
  n: i32,
  m: i32,
  k: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  broadcast(Op.Sub, a, b, c, n, m, k, a0, a1, a2, b0, b1, b2);
}

export function mul(
  a: usize,
  b: usize,
  c: usize,
  n: i32,
  m: i32,
  k: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  broadcast(Op.Mul, a, b, c, n, m, k, a0, a1, a2, b0, b1, b2);
}

export function div(
  a: usize,
  b: usize,
  c: usize,
  n: i32,
  m: i32,
  k: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  broadcast(Op.Div, a, b, c, n, m, k, a0, a1, a2, b0, b1, b2);
}

export function squaredDifference(
  a: usize,
  b: usize,
  c: usize,
  n: i32,
  m: i32,
  k: i32,
  a0: i32,
  a1: i32,
  a2: i32,
  b0: i32,
  b1: i32,
  b2: i32,
): void {
  broadcast(Op.SquaredDifference, a, b, c, n, m, k, a0, a1, a2, b0, b1, b2);
}

export function rectifiedSum(a: usize, b: usize, c: usize, count: i32): void {
  broadcast(Op.RectifiedSum, a, b, c, 1, 1, count, 0, 0, 1, 0, 0, 1);
}

export function reluGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  broadcast(Op.ReluGradient, dy, y, dx, 1, 1, count, 0, 0, 1, 0, 0, 1);
}

export function tanhGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  broadcast(Op.TanhGradient, dy, y, dx, 1, 1, count, 0, 0, 1, 0, 0, 1);
}

export function sigmoidGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  broadcast(Op.SigmoidGradient, dy, y, dx, 1, 1, count, 0, 0, 1, 0, 0, 1);
}
