/**
 * Variance per axis of the displacement over any number of frames of diffusion in a harmonic well, the Ornstein–Uhlenbeck
 * process, with unit variance over one frame, each place being the mean over an exposure x in relaxation times: of two such
 * means a lag k apart the covariance over that of the places is (sinh(x/2)/(x/2))²·e^(−rate·k), of one 2(x − 1 + e^−x)/x².
 *
 * @param rate frames over the relaxation time.
 * @param exposure a fraction of the frame, 0 to 1; a lag is 0 or at least that.
 */
export function confinedVariogram(rate: number, exposure: number): (lag: number) => number {
  const x = rate * exposure;
  const common = x === 0 ? 1 : (Math.sinh(x / 2) / (x / 2)) ** 2;
  // 2(x − sinh x)/x²: the variance of one less what two have in common; by its series where digits would be lost.
  const atRest =
    x < 0.1
      ? (-x / 3) * (1 + (x * x) / 20 + x ** 4 / 840 + x ** 6 / 60480)
      : (2 * (x - Math.sinh(x))) / (x * x);
  const scale = -1 / Math.expm1(-rate);
  return (lag) => (lag === 0 ? 0 : (atRest - common * Math.expm1(-rate * lag)) * scale);
}
