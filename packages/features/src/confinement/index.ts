/** Confinement. */

export { boundedness, trappedness, trappednessLiterature } from './trappedness.ts';
