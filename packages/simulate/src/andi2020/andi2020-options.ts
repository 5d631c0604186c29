import type { Dim } from '@diffusion/tracks';
import type { Quantity } from '../read-specification.ts';

/** Options of `andi2020`. */
export interface Andi2020Options {
  /** 1: the exponent; 2: the model; 3: where a track changes both. */
  task: 1 | 2 | 3;
  dim: Dim;
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  /**
   * Points of a track of task 1 or 2, at most 1,000; uniform from 10 to 999 unless told, as in the
   * challenge. Task 3 has 200.
   */
  length?: Quantity;
  /**
   * Noise level and amplitude drawn per coordinate (the challenge of 2020; default) or once per track
   * (andi_datasets 2).
   */
  noisePer?: 'coordinate' | 'track';
}
