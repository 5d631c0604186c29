/** Where the numbers of a point stand in a row of `widthOf`: the logits of the classes first. */
export interface PointPlaces {
  readonly classes: number;
  /** The logit of a change at the point. */
  readonly change: number;
  readonly alpha: number;
  /** ln of K over the square of the track's unit. */
  readonly diffusion: number;
  /** ln of the mean absolute deviation from α, and from ln K. */
  readonly alphaSpread: number;
  readonly diffusionSpread: number;
  /** How many there are. */
  readonly width: number;
}

/**
 * The places of an output of so many classes.
 *
 * @example
 * pointPlaces(4).change // 4
 */
export const pointPlaces = (classes: number): PointPlaces => ({
  classes,
  change: classes,
  alpha: classes + 1,
  diffusion: classes + 2,
  alphaSpread: classes + 3,
  diffusionSpread: classes + 4,
  width: classes + 5,
});
