import type { Random } from '@diffusion/random';
import type { Bounds } from '../check.ts';
import type { CheckedDistribution } from './distribution.ts';

/** What is the same for a track whatever moves it. */
export interface Circumstances {
  readonly dim: 1 | 2 | 3;
  /** From the first point to the last one, those that are missed too. */
  readonly frames: number;
  /** Fraction of the frame over which a place is the mean. */
  readonly exposure: number;
  /** √(one-frame MSD of the true path ÷ 2·dim). */
  readonly deviation: number;
  /** Static localisation error, the root mean square of the coordinates'. */
  readonly sigma: number;
}

/** A track of a law, ready to be written. What it does not have is NaN. Time is in frames. */
export interface Moving {
  readonly alpha?: number;
  /** ⟨x²⟩ = 2Dt^α per coordinate. */
  readonly D?: number;
  readonly R?: number;
  /** Distance per frame. */
  readonly speed?: number;
  readonly radius?: number;
  /**
   * Writes the mean places of the exposures, without anything else that a microscope does, beginning near the origin.
   * Gives 1 where the track shows plainly what its law is known by, 0 where it does not, NaN where there is no such rule.
   */
  write(random: Random, out: Float64Array): number;
}

/** A law of a prior that has been checked. */
export interface CheckedLaw {
  readonly name: string;
  readonly model: string;
  /** The class. */
  readonly label: string;
  readonly share: number;
  readonly fields: Readonly<Record<string, CheckedDistribution>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** A way to move that laws of a prior can have. */
export interface LawDefinition {
  /** What it needs: distributions, or numbers where that is said, with the bounds of their values. */
  readonly fields: Readonly<Record<string, Bounds & { readonly number?: boolean }>>;
  /** Whether a track of these circumstances can move so; always unless told. */
  possible?(law: CheckedLaw, circumstances: Circumstances): boolean;
  /** The parameters of a track. */
  draw(law: CheckedLaw, random: Random, circumstances: Circumstances): Moving;
}
