/** What a channel of an encoder is of: where on the track its number comes from. */
export interface ChannelOrigin {
  /** What it is, in a word or two: `x step`. */
  readonly name: string;
  /**
   * What of the track it tells: where a point lies, how it moves on (directions and sizes of displacements), the time between
   * points, or something that is the same along the whole track.
   */
  readonly of: 'positions' | 'displacements' | 'time' | 'track';
  /**
   * The points that it is made of, counted from the one where it stands: [0, 1] is the displacement to the next point. Those
   * beyond an end of the track are that end.
   */
  readonly points: readonly number[];
}

/** Names of the coordinates. */
export const axisNames = ['x', 'y', 'z'] as const;

/** What is the same for each coordinate of `dim`: its origins with the coordinate's name in front, one after the other. */
export const perAxis = (dim: number, origins: readonly ChannelOrigin[]): ChannelOrigin[] =>
  axisNames
    .slice(0, dim)
    .flatMap((axis) => origins.map((origin) => ({ ...origin, name: `${axis} ${origin.name}` })));

/** The displacement from a point to the next. */
export const STEP = { name: 'step', of: 'displacements', points: [0, 1] } as const;

/** Where a point lies. */
export const POSITION = { name: 'position', of: 'positions', points: [0] } as const;
