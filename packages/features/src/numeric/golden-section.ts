const RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * Where a function of one variable is smallest in [from, to]: golden section, then the ends are compared too, so that a
 * minimum at the edge is returned exactly. The function is to have one minimum there.
 */
export function goldenSection(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance = 1e-10,
): number {
  let a = from;
  let b = to;
  let c = b - RATIO * (b - a);
  let d = a + RATIO * (b - a);
  let fc = f(c);
  let fd = f(d);
  while (b - a > tolerance) {
    if (fc < fd) {
      b = d;
      d = c;
      fd = fc;
      c = b - RATIO * (b - a);
      fc = f(c);
    } else {
      a = c;
      c = d;
      fc = fd;
      d = a + RATIO * (b - a);
      fd = f(d);
    }
  }
  const [x, fx] = fc < fd ? [c, fc] : [d, fd];
  const atFrom = f(from);
  const atTo = f(to);
  if (atFrom <= fx && atFrom <= atTo) return from;
  return atTo <= fx ? to : x;
}
