/**
 * The most likely exponent of scaled Brownian motion with a localisation error, of places in one dimension: independent
 * displacements of the variance s((t + 1)^α − t^α), t = 1, 2, …, as the AnDi challenge has them, and an error of any variance. The
 * scale s is given by the rest; α and the error's share are searched on a grid, and then in ever smaller steps.
 */
export function sbmExponent(places) {
  const steps = Float64Array.from(
    { length: places.length - 1 },
    (_, k) => places[k + 1] - places[k],
  );
  let [alpha, share] = [1, 0];
  let best = Number.POSITIVE_INFINITY;
  const attempt = (a, u) => {
    if (!(a >= 0.02 && a <= 2 && u >= 0 && u <= 0.99)) return false;
    const cost = minusLnLikelihood(steps, a, u);
    if (!(cost < best)) return false;
    [best, alpha, share] = [cost, a, u];
    return true;
  };
  for (let a = 0.1; a < 2; a += 0.2) {
    for (const u of [0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99]) attempt(a, u);
  }
  for (let step = 0.1; step > 1e-3; ) {
    const [a, u] = [alpha, share];
    const better = [
      [a + step, u],
      [a - step, u],
      [a, u + step / 2],
      [a, u - step / 2],
      [a + step, u + step / 2],
      [a - step, u - step / 2],
      [a + step, u - step / 2],
      [a - step, u + step / 2],
    ].filter(([x, y]) => attempt(x, y));
    if (better.length === 0) step /= 2;
  }
  return alpha;
}

/**
 * −ln likelihood at the best scale, but for constants, by the innovations algorithm for neighbours alone (Brockwell & Davis
 * 1991, §5.2).
 *
 * @param share of the error in the mean variance of a displacement.
 */
function minusLnLikelihood(steps, alpha, share) {
  const n = steps.length;
  const meanMotion = ((n + 1) ** alpha - 1) / n;
  const error = (share / (1 - share)) * (meanMotion / 2);
  let [v, innovation, square, lnDeterminant] = [1, 0, 0, 0];
  let before = 1;
  for (let t = 0; t < n; t++) {
    const now = (t + 2) ** alpha;
    const back = t === 0 ? 0 : error / v;
    v = now - before + 2 * error - back * error;
    before = now;
    innovation = steps[t] + back * innovation;
    square += (innovation * innovation) / v;
    lnDeterminant += Math.log(v);
  }
  return n * Math.log(square / n) + lnDeterminant;
}
