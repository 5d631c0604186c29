/** How a camera smears the motion. */
export interface Blur {
  /** Places per frame on the true path. */
  readonly substeps: number;
  /** Of these, how many lie within the exposure, which begins with the frame. */
  readonly exposed: number;
}

/** Places on the true path that `frames` blurred frames need. */
export function blurredPathPoints(frames: number, { substeps, exposed }: Blur): number {
  return (frames - 1) * substeps + exposed;
}

/**
 * Writes the mean place during each exposure: frame k is the mean of the places k·substeps … k·substeps +
 * exposed − 1 of the path. For a Brownian path and full exposure that leaves the fraction R = (S² − 1)/(6 S²)
 * of a step's variance as covariance of neighbouring steps, 1/6 for many places (Berglund 2010, Phys. Rev. E
 * 82, 011917).
 */
export function motionBlur(
  path: Float64Array,
  out: Float64Array,
  frames: number,
  dim: number,
  { substeps, exposed }: Blur,
): void {
  for (let k = 0; k < frames; k++) {
    for (let d = 0; d < dim; d++) {
      let sum = 0;
      let at = k * substeps * dim + d;
      for (let j = 0; j < exposed; j++, at += dim) sum += path[at];
      out[k * dim + d] = sum / exposed;
    }
  }
}

/** Places on the true path that the mean over the exposure needs with {@link exposureMean}. */
export function exposedPathPoints(frames: number, substeps: number, exposure: number): number {
  return (frames - 1) * substeps + Math.ceil(exposure * substeps) + 1;
}

/**
 * Writes the mean place during each exposure, any fraction of the frame from its beginning on, of a path of `substeps`
 * places per frame that is straight between them. For Brownian motion and full exposure that leaves the
 * variance of a step too small by 1/(6 substeps²) of the sharp one.
 */
export function exposureMean(
  path: Float64Array,
  out: Float64Array,
  frames: number,
  dim: number,
  substeps: number,
  exposure: number,
): void {
  const whole = Math.floor(exposure * substeps);
  const rest = exposure * substeps - whole;
  const inverse = 1 / (exposure * substeps);
  for (let k = 0; k < frames; k++) {
    for (let d = 0; d < dim; d++) {
      let at = k * substeps * dim + d;
      let sum = 0;
      let before = path[at];
      for (let j = 0; j < whole; j++) {
        at += dim;
        sum += 0.5 * (before + path[at]);
        before = path[at];
      }
      if (rest > 0) sum += rest * (before + 0.5 * rest * (path[at + dim] - before));
      out[k * dim + d] = exposure === 0 ? before : sum * inverse;
    }
  }
}
