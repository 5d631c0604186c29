import type { Scale, ScaleStory } from './item.ts';

const instant = { says: 'Nothing is trained: the whole of it.', minutes: 1 };

/** The scales of items that take no training: both do all of it. */
export const nothingTrained: Readonly<Record<Scale, ScaleStory>> = {
  small: instant,
  full: instant,
};
