import type { Tracks } from '@diffusion/tracks';
import type { Ceiling } from './ceiling.ts';
import type { CommonDrift } from './common-drift.ts';
import type { EstimateErrors } from './estimate-errors.ts';
import type { PredictiveCheck } from './predictive-check.ts';
import type { Ranged } from './ranged.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';
import type { Warning } from './warnings.ts';

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
  /** How far the estimates of D and α are from what is true, per class. */
  readonly estimates: readonly EstimateErrors[];
  /** The best that any classifier could do of four of the classes; undefined where no track of them can be asked. */
  readonly ceiling: Ceiling | undefined;
  /** Whether the file is like anything that was simulated. */
  readonly check: PredictiveCheck;
  /** What the tracks of the file move in common, which was taken off before anything else. */
  readonly drift: Omit<CommonDrift, 'tracks'> & {
    /** Tracks called directed, as they are and without the drift; the same number where there is none. */
    readonly directed: { readonly before: number; readonly after: number };
  };
  readonly warnings: readonly Warning[];
  /** The tracks that were simulated, in the order of `outcomes`, in the units of the file. */
  readonly simulated: Tracks;
  /** What the model says of them. */
  readonly outcomes: SimulatedOutcomes;
}
