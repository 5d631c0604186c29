import type { Andi2Model, Experiment } from './experiment.ts';

/** Options of `andi2`. */
export interface Andi2Options {
  model: Andi2Model;
  /** Number of experiments; the tracks of one are not independent of each other. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /**
   * Fields of view per experiment, 1 unless told; 0 gives the whole tracks, without cutting them and with
   * their first place where it is.
   */
  fields?: number;
  /** Standard deviation of the localisation error, in pixels; 0.12 unless told. */
  sigma?: number;
  /** Instead of what the challenge draws for an experiment: any field of {@link Experiment} but the model. */
  experiment?: Partial<Omit<Experiment, 'model'>>;
}
