import type { Pieces } from './in-turns.ts';

/** Writes the gradient at x into `gradient` and returns the value there. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/**
 * The minimum of a smooth convex function by L-BFGS with a backtracking line search (Nocedal & Wright 2006, §7.2), from
 * x = 0, until no component of the gradient exceeds `tolerance` or no step lowers the value any more.
 */
export function* minimize(
  objective: Objective,
  size: number,
  { tolerance = 1e-7, steps = 1000, memory = 10 } = {},
): Pieces<Float64Array> {
  let x = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < steps; step++) {
    yield;
    if (gradient.every((g) => Math.abs(g) <= tolerance)) break;
    const direction = quasiNewton(gradient, pairs);
    const slope = dot(direction, gradient);
    let length = pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let found = false;
    for (let halving = 0; halving < 50 && !found; halving++) {
      const next = x.map((xi, i) => xi + length * direction[i]);
      const nextGradient = new Float64Array(size);
      const nextValue = objective(next, nextGradient);
      found = nextValue < value && nextValue <= value + 1e-4 * length * slope;
      if (found) {
        const s = next.map((xi, i) => xi - x[i]);
        const y = nextGradient.map((g, i) => g - gradient[i]);
        const curvature = dot(s, y);
        if (curvature > 0) pairs.push({ s, y, rho: 1 / curvature });
        if (pairs.length > memory) pairs.shift();
        [x, gradient, value] = [next, nextGradient, nextValue];
      }
      length /= 2;
    }
    if (!found) break;
  }
  return x;
}

/** −H·gradient with the inverse Hessian H that the last steps s and changes of the gradient y tell. */
function quasiNewton(
  gradient: Float64Array,
  pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...pairs].reverse()) {
    const alpha = rho * dot(s, q);
    alphas.push(alpha);
    for (let i = 0; i < q.length; i++) q[i] -= alpha * y[i];
  }
  const last = pairs[pairs.length - 1];
  if (last) {
    const first = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i] *= first;
  }
  for (const { s, y, rho } of pairs) {
    const beta = (alphas.pop() as number) - rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i] += beta * s[i];
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
