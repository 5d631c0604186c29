import { cosine } from './cosine.ts';
import { oneCycle } from './one-cycle.ts';

/** Learning rates by the name that a recipe gives: a function of the step (from 0), the number of steps, and the peak. */
export const schedules = { 'one-cycle': oneCycle, cosine } as const;
