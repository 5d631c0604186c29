/** Displacements over one frame of a track without gaps, an array per axis. */
export type Steps = readonly Float64Array[];

/** A run of steps over one frame each. */
export interface ToeplitzRun {
  /** Between places on the straight line wherever a place is missing: the likelihood does not depend on the choice. */
  readonly steps: Steps;
  /** Places without a point, ascending: p is between the steps p − 1 and p. */
  readonly missing: Int32Array;
}

/** ln det of the covariance of the displacements of one axis, and their quadratic form over all axes. */
export interface Form {
  readonly logDeterminant: number;
  readonly square: number;
}

/** xᵀM⁻¹x over all axes, and per axis the differences of M⁻¹x over the missing places. */
export interface SolvedSteps {
  readonly square: number;
  readonly sides: readonly Float64Array[];
}
