import type { TrackContext } from '../context.ts';

/** The displacements of a track between one point and the next. */
export interface TrackSteps {
  /** Points less one. */
  readonly count: number;
  readonly dim: number;
  /** Displacements, an array per axis. */
  readonly axes: readonly Float64Array[];
  /** Frames that each displacement takes. */
  readonly lags: Int32Array;
  /** How many displacements over one frame stand right before each one over one frame; 0 for one over a gap. */
  readonly before: Int32Array;
}

/** The displacements of a track. Behind a gap the memory of the motion begins anew. */
export function trackSteps({ axes, frames, length }: TrackContext): TrackSteps {
  const count = length - 1;
  const lags = new Int32Array(count).fill(1);
  const before = new Int32Array(count);
  for (let t = 0; t < count; t++) {
    if (frames) lags[t] = frames[t + 1] - frames[t];
    if (t > 0 && lags[t] === 1 && lags[t - 1] === 1) before[t] = before[t - 1] + 1;
  }
  return {
    count,
    dim: axes.length,
    axes: axes.map((x) => Float64Array.from({ length: count }, (_, t) => x[t + 1] - x[t])),
    lags,
    before,
  };
}
