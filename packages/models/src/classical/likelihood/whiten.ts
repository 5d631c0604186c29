/**
 * What the likelihood needs of the displacements x of a track, n in each of d coordinates, whose covariance along time
 * is a scale times M: all of it follows from the innovations, the part of each displacement that the earlier ones do
 * not predict, divided by their deviation.
 */
export interface Whitened {
  /** ln det M. */
  logDeterminant: number;
  /** xᵀM⁻¹x, summed over the coordinates. */
  square: number;
  /** The length of the vector 1ᵀM⁻¹x over the coordinates. */
  drift: number;
  /** 1ᵀM⁻¹1. */
  ones: number;
}

/** The displacements of a track, one coordinate after the other. */
export interface Displacements {
  /** dim × steps. */
  readonly values: Float64Array;
  readonly steps: number;
  readonly dim: number;
}

/**
 * {@link Whitened} for a covariance of `variance` on the diagonal and `neighbour` beside it: free or directed motion
 * with localisation noise. The innovations algorithm (Brockwell & Davis 1991, §5.2) for a moving average of order 1.
 */
export function whitenNeighbours(
  { values, steps, dim }: Displacements,
  variance: number,
  neighbour: number,
): Whitened {
  let logDeterminant = 0;
  let square = 0;
  let ones = 0;
  let driftSquared = 0;
  for (let axis = 0; axis < dim; axis++) {
    let v = variance;
    let innovation = 0;
    let unity = 0;
    let drift = 0;
    for (let t = 0; t < steps; t++) {
      const back = t === 0 ? 0 : neighbour / v;
      v = t === 0 ? variance : variance - back * neighbour;
      innovation = values[axis * steps + t] - back * innovation;
      unity = 1 - back * unity;
      square += (innovation * innovation) / v;
      drift += (innovation * unity) / v;
      if (axis === 0) {
        ones += (unity * unity) / v;
        logDeterminant += Math.log(v);
      }
    }
    driftSquared += drift * drift;
  }
  return { logDeterminant, square, drift: Math.sqrt(driftSquared), ones };
}

/**
 * ln det M and xᵀM⁻¹x of many tracks for a stationary covariance, M[s, t] = `covariance[|s − t|]`, by the
 * Durbin–Levinson recursion: the predictors are made once for all tracks. Cost: the longest track's steps² for the
 * predictors, steps² × dim for each track.
 *
 * @param tracks in ascending order of steps.
 * @param write called once for each track with its place in `tracks`.
 */
export function whitenStationary(
  tracks: readonly Displacements[],
  covariance: Float64Array,
  write: (track: number, logDeterminant: number, square: number) => void,
): void {
  const longest = tracks.length > 0 ? tracks[tracks.length - 1].steps : 0;
  const squares = new Float64Array(tracks.length);
  // The coefficients of order t, the nearest displacement first, and those of the order before.
  let phi = new Float64Array(longest);
  let before = new Float64Array(longest);
  let v = covariance[0];
  let logDeterminant = 0;
  let first = 0;
  for (let t = 0; t < longest; t++) {
    if (t > 0) {
      let sum = covariance[t];
      for (let j = 0; j < t - 1; j++) sum -= before[j] * covariance[t - 1 - j];
      const reflection = sum / v;
      for (let j = 0; j < t - 1; j++) phi[j] = before[j] - reflection * before[t - 2 - j];
      phi[t - 1] = reflection;
      v *= 1 - reflection * reflection;
    }
    logDeterminant += Math.log(v);
    for (let i = first; i < tracks.length; i++) {
      const { values, steps, dim } = tracks[i];
      for (let axis = 0; axis < dim; axis++) {
        const now = axis * steps + t;
        const innovation = values[now] - predicted(phi, values, now, t);
        squares[i] += (innovation * innovation) / v;
      }
    }
    while (first < tracks.length && tracks[first].steps === t + 1) {
      write(first, logDeterminant, squares[first]);
      first++;
    }
    [phi, before] = [before, phi];
  }
}

/** Σ phi[j]·values[now − 1 − j] over j < order, in four sums that do not wait for each other. */
function predicted(phi: Float64Array, values: Float64Array, now: number, order: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = 0;
  for (; j + 3 < order; j += 4) {
    a += phi[j] * values[now - 1 - j];
    b += phi[j + 1] * values[now - 2 - j];
    c += phi[j + 2] * values[now - 3 - j];
    d += phi[j + 3] * values[now - 4 - j];
  }
  for (; j < order; j++) a += phi[j] * values[now - 1 - j];
  return a + b + (c + d);
}
