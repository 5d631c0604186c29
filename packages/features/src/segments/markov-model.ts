import type { StepLaw } from './step-law.ts';

/** A hidden Markov model of motion: states that each have a law of the steps, and how one follows another. */
export interface MarkovModel {
  readonly laws: readonly StepLaw[];
  /** Probability of each state where a track begins. */
  readonly initial: Float64Array;
  /** Probability per frame of leaving each state, once it has lasted three points. */
  readonly leaving: Float64Array;
  /** Of those that leave state i, the share that goes to state j, at i × states + j. */
  readonly next: Float64Array;
}

/** Probability that a state is left over a step of so many frames. */
export function leavingOver(perFrame: number, lag: number): number {
  return lag === 1 ? perFrame : 1 - (1 - perFrame) ** lag;
}
