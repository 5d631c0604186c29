import type { Prediction, Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkBank } from '../bank/network-bank.ts';
import type { BankCard, ClassicalCard, NetworkCard } from '../card.ts';
import type { Classifier } from '../classical/classifier.ts';
import type { Encoder } from '../encode/encoder.ts';

export interface PredictOptions {
  /** Tracks per call of a network (128 if left out) or of a classifier (512). */
  readonly batchSize?: number;
  /** Told of how many tracks the answer is known, those included that are not judged. */
  readonly onProgress?: (done: number) => void;
}

/** What every model does. */
interface Predicts {
  /**
   * Judges every track, in the order of the input; one outside of what the model has seen gets a reason in place of an
   * answer.
   *
   * @param tracks tracks of any lengths and any units.
   */
  predict(tracks: Tracks, options?: PredictOptions): Promise<Prediction>;
  /** Frees the weights. */
  dispose(): void;
}

/** A network with all it needs to judge tracks. */
export interface NetworkModel extends Predicts {
  readonly kind: 'network';
  readonly card: NetworkCard;
  readonly network: LayersModel;
  readonly encoder: Encoder;
}

/** A classical classifier or a rule, with all it needs to judge tracks. */
export interface ClassicalModel extends Predicts {
  readonly kind: 'classical';
  readonly card: ClassicalCard;
  readonly classifier: Classifier;
}

/** Networks for several lengths that answer as one for every length, with all they need to judge tracks. */
export interface BankModel extends Predicts {
  readonly kind: 'bank';
  readonly card: BankCard;
  readonly bank: NetworkBank;
}

/** A model by itself: what is saved, loaded, and joined to an ensemble. */
export type SingleModel = NetworkModel | BankModel | ClassicalModel;

/** Several models that answer as one. */
export interface Ensemble extends Predicts {
  readonly kind: 'ensemble';
  readonly models: readonly SingleModel[];
}

/** Whatever judges tracks; its `kind` tells which it is. */
export type TrackModel = SingleModel | Ensemble;
