/**
 * Where a function that is negative at `inside` becomes zero towards `outside`, by regula falsi (Illinois); `outside`
 * itself when it is still not positive there.
 */
export function rootTowards(
  f: (x: number) => number,
  inside: number,
  outside: number,
  tolerance: number,
): number {
  let a = inside;
  let fa = f(inside);
  let b = outside;
  let fb = f(outside);
  if (!(fb > 0)) return outside;
  for (let round = 0; round < 40 && Math.abs(b - a) > tolerance; round++) {
    const x = Number.isFinite(fb) ? b - (fb * (b - a)) / (fb - fa) : (a + b) / 2;
    const fx = f(x);
    if (Math.abs(x - b) < tolerance / 4 || Math.abs(x - a) < tolerance / 4) return x;
    if (fx > 0) {
      b = x;
      fb = fx;
      fa /= 2;
    } else {
      a = x;
      fa = fx;
      fb /= 2;
    }
  }
  return (a + b) / 2;
}
