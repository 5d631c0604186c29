/** E[ln(X/E X)] of a gamma-distributed X of relative variance r: ψ(1/r) − ln(1/r), about −r/2. */
export function logBias(relativeVariance: number): number {
  let shape = 1 / relativeVariance;
  let shift = 0;
  // ψ(x) = ψ(x + 1) − 1/x up to where its asymptotic series holds (Abramowitz & Stegun 6.3.18).
  const log = Math.log(shape);
  while (shape < 8) shift -= 1 / shape++;
  const inverse = 1 / (shape * shape);
  const psi =
    Math.log(shape) - 0.5 / shape - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252));
  return psi + shift - log;
}
