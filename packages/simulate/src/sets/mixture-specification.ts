import type { Dim } from '@diffusion/tracks';
import type { MeasurementSpecification } from '../measure/measurement.ts';
import type { Quantity } from '../read-specification.ts';
import type { ClassSpecification } from './mixture-class.ts';

/** A labelled mixture of motion models: plain JSON, unless a class has a model that is given as an object. */
export interface MixtureSpecification extends MeasurementSpecification {
  readonly preset?: undefined;
  /** Options of `simulate`: here they are fields of `noise`, as `noise: { sigma: 0.03 }`. */
  readonly sigma?: never;
  readonly snr?: never;
  readonly q?: never;
  readonly noisePer?: never;
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  dim: Dim;
  /** Points of a track: one number, a range or a list. */
  length: Quantity;
  /** Time between frames; 1 unless told. */
  dt?: number;
  /** '' unless told. */
  positionUnit?: string;
  /** 'frame' unless told. */
  timeUnit?: string;
  /** At least one. */
  classes: readonly ClassSpecification[];
}
