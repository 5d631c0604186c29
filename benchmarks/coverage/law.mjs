import { keyedRandom } from '@diffusion/random';

/** ⟨|k + u − v|^α⟩ over two times in the exposure: written here again, so that the estimator is not tried by itself. */
function meanPower(k, alpha, exposure) {
  if (exposure === 0) return Math.abs(k) ** alpha;
  const p = alpha + 2;
  const sum = Math.abs(k + exposure) ** p + Math.abs(k - exposure) ** p - 2 * Math.abs(k) ** p;
  return sum / (exposure * exposure * (alpha + 1) * (alpha + 2));
}

/** Covariance of the steps of a measured track: unit variance of the motion over a frame, errors of variance 1/Q². */
export function stepCovariance({ alpha, q, exposure }, lags) {
  const psi = Float64Array.from({ length: lags + 2 }, (_, k) => meanPower(k, alpha, exposure));
  return Float64Array.from({ length: lags }, (_, k) => {
    const motion = (psi[k + 1] + psi[Math.abs(k - 1)] - 2 * psi[k]) / 2;
    return motion + (k === 0 ? 2 : k === 1 ? -1 : 0) / (q * q);
  });
}

/** A track in the plane: D = ½ and σ = 1/Q by construction, `points` of its frames seen. */
export function drawTrack(truth, points, missing, seed, index) {
  const random = keyedRandom(seed, 'own:coverage', points, index);
  const frames = Math.round((points - 1) / (1 - missing)) + 1;
  const steps = frames - 1;
  const covariance = stepCovariance(truth, steps);
  const weights = new Float64Array(steps);
  const before = new Float64Array(steps);
  const axes = [new Float64Array(steps), new Float64Array(steps)];
  let variance = covariance[0];
  for (let t = 0; t < steps; t++) {
    if (t > 0) {
      let partial = covariance[t];
      for (let j = 0; j < t - 1; j++) partial -= before[j] * covariance[t - 1 - j];
      partial /= variance;
      for (let j = 0; j < t - 1; j++) weights[j] = before[j] - partial * before[t - 2 - j];
      weights[t - 1] = partial;
      variance *= 1 - partial * partial;
      before.set(weights.subarray(0, t));
    }
    for (const axis of axes) {
      let mean = 0;
      for (let j = 0; j < t; j++) mean += weights[j] * axis[t - 1 - j];
      axis[t] = mean + Math.sqrt(variance) * random.normal();
    }
  }
  // Which frames between the first and the last are seen: a shuffle's first ones.
  const middle = Array.from({ length: frames - 2 }, (_, i) => i + 1);
  for (let i = 0; i < points - 2; i++) {
    const j = i + Math.floor(random.uniform() * (middle.length - i));
    [middle[i], middle[j]] = [middle[j], middle[i]];
  }
  const seen = [0, ...middle.slice(0, points - 2).sort((a, b) => a - b), frames - 1];
  const at = new Float64Array(2 * frames);
  for (let t = 0; t < steps; t++) {
    for (const d of [0, 1]) at[2 * (t + 1) + d] = at[2 * t + d] + axes[d][t];
  }
  return { frames: seen, positions: seen.flatMap((f) => [at[2 * f], at[2 * f + 1]]) };
}
