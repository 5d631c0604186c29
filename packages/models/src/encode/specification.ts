import type { Feature, FeatureChoice } from '@diffusion/features';
import type { JsonObject } from '../json.ts';

/** What a network sees of a track, as plain data: it is saved beside the weights. */
export interface EncoderSpecification {
  /**
   * `motion` (`motionEncoder`), `multiscale` (`multiscaleEncoder`), `invariant` (`invariantEncoder`), `coordinatewise`
   * (`coordinatewiseEncoder`), `standardized` (`standardizedEncoder`), `picture` (`pictureEncoder`), `flattened`
   * (`flattenedEncoder`), `pointwise` (`pointwiseEncoder`), or the name of a definition of one's own (`defineEncoder`). `own` is
   * an `Encoder` that has no definition: it is given itself wherever it is needed.
   */
  readonly kind:
    | 'motion'
    | 'multiscale'
    | 'invariant'
    | 'coordinatewise'
    | 'standardized'
    | 'picture'
    | 'flattened'
    | 'pointwise'
    | 'own'
    | (string & {});
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /**
   * Points per row; shorter tracks are padded with zeros, a longer track does not fit. null: rows are as long as their
   * tracks, which are then of one length in every batch.
   */
  readonly length: number | null;
  /** Features given to the last layer beside the track; none when absent. */
  readonly features?: readonly StandardFeature[];
  /** Of a definition that has some; the defaults of those left out. */
  readonly options?: JsonObject;
}

/**
 * A specification as it is asked for: its features may be names, or features of one's own, that have yet to be measured on
 * the tracks of a training.
 */
export interface EncoderRequest extends Omit<EncoderSpecification, 'features'> {
  readonly features?: readonly (FeatureChoice | StandardFeature)[];
}

/** A feature that a network sees beside the track, and the mean and deviation that make it standard. */
export interface StandardFeature {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  /** The feature itself where it is one's own: a card has its name alone. */
  readonly feature?: Feature;
}
