import type { Tracks } from '@diffusion/tracks';

/** The unit of D, which depends on α. */
export const unitOfD = ({ positionUnit, timeUnit }: Tracks): string =>
  `${positionUnit || 'length'}²/${timeUnit || 'time'}^α`;

/** The unit of positions and of σ. */
export const unitOfLength = ({ positionUnit }: Tracks): string => positionUnit || 'length';
