/** The ring at the first point of a track, on every picture that shows a path. */
export const FIRST_POINT_MARK = {
  type: 'point',
  color: 'currentColor',
  size: 40,
  filled: false,
  strokeWidth: 1.6,
  aria: false,
} as const;
