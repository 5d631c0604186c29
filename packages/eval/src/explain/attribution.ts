import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Graph } from './network/graph.ts';

/** What a method is asked to trace back: rows that go through a network together. */
export interface Question {
  readonly graph: Graph;
  /** What is fed, as `inputTensors` makes it; for a bank one for each crop. */
  readonly inputs: readonly Tensor[];
  /** For each answer of the network 1 where it is explained and 0 elsewhere; undefined where nothing of it is. */
  readonly masks: readonly (Tensor | undefined)[];
  /** Per row: its track's place among the tracks. */
  readonly tracks: readonly number[];
  /**
   * Per input and row the point of the track at each place along the first axis, −1 for padding; undefined for features, which
   * have no such axis.
   */
  readonly points: readonly (readonly Int32Array[] | undefined)[];
}

/** What every number that was fed did for the answer. */
export interface Attribution {
  /** One for each input, of its shape. */
  readonly inputs: readonly Tensor[];
  /** Per row the answer that is explained. */
  readonly output: Tensor1D;
  /** Per row what no input took. */
  readonly absorbed: Tensor1D;
}

/** A way of tracing an answer back. Called within `tf.tidy`. */
export type Method = (question: Question) => Attribution;
