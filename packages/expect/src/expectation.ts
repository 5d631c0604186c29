import type { SimulatedOutcomes } from './simulated-outcomes.ts';

/** A number with a 95 % interval. All NaN where nothing can be said. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What to expect of one class. */
export interface ClassExpectation {
  readonly name: string;
  /** Its share of the tracks of the file, by the joint posterior. */
  readonly share: Ranged;
  /**
   * Share of its judged tracks whose most probable class is right. The interval is of what would be counted on as many
   * tracks as there are likely to be in the file.
   */
  readonly recall: Ranged;
  /** Share of the tracks called by its name that are of it, likewise. */
  readonly precision: Ranged;
  /** Share of its tracks that the model refuses. */
  readonly refused: number;
  /** Simulated tracks of it that were judged. */
  readonly rows: number;
}

/** What to expect of a model on the tracks of a file. */
export interface Expectation {
  /** Tracks of the file, and the share of them that the model refuses. */
  readonly tracks: number;
  readonly refused: number;
  /** Share of the judged tracks whose most probable class is right. */
  readonly accuracy: Ranged;
  readonly classes: readonly ClassExpectation[];
  /** What was simulated. */
  readonly outcomes: SimulatedOutcomes;
}
