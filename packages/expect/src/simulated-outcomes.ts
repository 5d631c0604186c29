/** Tracks like those of a file, simulated and judged by the same model; all rows in one order. */
export interface SimulatedOutcomes {
  /** The model's classes, in its order. */
  readonly classes: readonly string[];
  /** Class by which a track was made, a place in `classes`. */
  readonly truth: Int32Array;
  /** rows × classes, as `predict` gives them; a row of NaN where the model refused. */
  readonly probabilities: Float32Array;
  /** 1 where the model gave an answer, 0 where it refused: too short, outside of what it has seen, … */
  readonly judged: Uint8Array;
  /** Points. */
  readonly length: Int32Array;
  /** The track of the file that a track is like, from 0: it has its frames. */
  readonly like: Uint32Array;
  /**
   * What a row counts for so that the rows together are like the file: classes that are rare in it have more rows than
   * their share, each of which counts for less. They add up to the number of rows.
   */
  readonly weight: Float64Array;
  /**
   * Other weights of the rows, for each of some draws of what the tracks of the file are: a row counts as its part of its class
   * does there, over what that does in all draws.
   */
  readonly alternatives: readonly Float32Array[];
  /** True D (⟨x²⟩ = 2Dt^α per coordinate), in the units of the file; NaN where a law has none. */
  readonly diffusion: Float64Array;
  /** True α; NaN where a law has none. */
  readonly alpha: Float64Array;
  /** True static localisation error, root mean square over the coordinates, in the unit of the file. */
  readonly sigma: Float64Array;
}
