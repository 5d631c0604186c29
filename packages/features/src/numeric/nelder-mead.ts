/**
 * Where a function of two variables is lowest near a start, by the simplex of Nelder & Mead (1965) inside bounds: a
 * corner that would leave them is put on them, so that a minimum at an edge is found there.
 */
export function lowestNearby(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  bounds: readonly (readonly [number, number])[],
  tolerance: number,
): number[] {
  const inside = (x: number[]): number[] =>
    x.map((value, i) => Math.min(bounds[i][1], Math.max(bounds[i][0], value)));
  const corner = (x: number[]) => ({ x, f: f(x) });
  const away = start.map((value, i) =>
    value + steps[i] <= bounds[i][1] ? value + steps[i] : value - steps[i],
  );
  let simplex = [
    corner([...start]),
    ...start.map((_, i) => corner(inside(start.map((value, j) => (i === j ? away[j] : value))))),
  ];
  for (let round = 0; round < 200; round++) {
    simplex.sort((a, b) => a.f - b.f);
    const [best, ...rest] = simplex;
    const size = Math.max(
      ...rest.map(({ x }) => Math.max(...x.map((value, i) => Math.abs(value - best.x[i])))),
    );
    if (size < tolerance) break;
    const worst = simplex[simplex.length - 1];
    const middle = best.x.map(
      (_, i) => simplex.slice(0, -1).reduce((sum, { x }) => sum + x[i], 0) / (simplex.length - 1),
    );
    const along = (t: number) => corner(inside(middle.map((m, i) => m + t * (worst.x[i] - m))));
    const reflected = along(-1);
    let next = reflected;
    if (reflected.f < best.f) {
      const expanded = along(-2);
      if (expanded.f < reflected.f) next = expanded;
    } else if (reflected.f >= simplex[simplex.length - 2].f) {
      next = reflected.f < worst.f ? along(-0.5) : along(0.5);
    }
    if (next.f < worst.f) simplex = [...simplex.slice(0, -1), next];
    else {
      simplex = [
        best,
        ...rest.map(({ x }) => corner(x.map((value, i) => (value + best.x[i]) / 2))),
      ];
    }
  }
  return simplex.sort((a, b) => a.f - b.f)[0].x;
}
