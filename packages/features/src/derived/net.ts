import { derived, ZERO } from '../context.ts';
import { distance } from './distance.ts';

/** Distance from the first to the last point; 0 when it is below 1e-12 of the path through all points. */
export const net = derived((context) => {
  let path = 0;
  for (let i = 1; i < context.length; i++) path += distance(context, i - 1, i);
  const end = distance(context, 0, context.length - 1);
  return end <= ZERO * path ? 0 : end;
});
