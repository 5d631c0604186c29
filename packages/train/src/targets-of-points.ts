import { type Tracks, takeRows } from '@diffusion/tracks';
import { TrainError } from './errors.ts';

/** The point columns that a network learns from which answers for every point. */
export const POINT_LABELS = ['state', 'alpha', 'D'] as const;

/** What a network should answer for every point of a batch, one track after the other. */
export interface PointTargets {
  /** Places among the classes. */
  readonly states: Int32Array;
  /** NaN where there is none, as where nothing moves. */
  readonly alphas: Float32Array;
  /** ln of K over the square of the track's unit; NaN where there is none. */
  readonly diffusions: Float32Array;
  /** 1 at the first point of every segment but that of the track. */
  readonly changes: Float32Array;
}

/**
 * What a network should answer for every point, from the columns `state`, `alpha` and `D`, which are those of the step to the
 * next point. The motion changes where any of the three does.
 *
 * Throws {@link TrainError} where a column is missing or has a state that is no class.
 *
 * @param unitOf what lengths of a track are divided by.
 */
export function pointTargets(
  tracks: Tracks,
  classes: readonly string[],
  unitOf: (track: number) => number,
): PointTargets {
  const [state, alpha, D] = POINT_LABELS.map((name) => {
    const column = tracks.pointColumns[name];
    if (!ArrayBuffer.isView(column)) {
      throw new TrainError(`tracks have no numeric point column ${name} to learn from`);
    }
    return column as ArrayLike<number>;
  });
  const { pointCount, offsets } = tracks;
  const states = Int32Array.from({ length: pointCount }, (_, k) => state[k]);
  const wrong = states.find((code) => !(code >= 0 && code < classes.length));
  if (wrong !== undefined) {
    throw new TrainError(`state ${wrong}: expected one of 0 to ${classes.length - 1}`);
  }
  const alphas = new Float32Array(pointCount);
  const diffusions = new Float32Array(pointCount);
  const changes = new Float32Array(pointCount);
  for (let i = 0; i < tracks.count; i++) {
    const unit = unitOf(i);
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const moves = !(D[k] === 0);
      alphas[k] = moves ? alpha[k] : Number.NaN;
      diffusions[k] = moves && unit > 0 ? Math.log(D[k] / (unit * unit)) : Number.NaN;
      const differs = (column: ArrayLike<number>) =>
        column[k] !== column[k - 1] && !(Number.isNaN(column[k]) && Number.isNaN(column[k - 1]));
      changes[k] = k > offsets[i] && (differs(state) || differs(alpha) || differs(D)) ? 1 : 0;
    }
  }
  return { states, alphas, diffusions, changes };
}

/** Of the point columns those that are learnt from, at some points. */
export const labelsAt = (
  { pointColumns }: Tracks,
  points: ArrayLike<number>,
): Tracks['pointColumns'] =>
  Object.fromEntries(
    POINT_LABELS.filter((name) => pointColumns[name]).map((name) => [
      name,
      takeRows(pointColumns[name], points),
    ]),
  );
