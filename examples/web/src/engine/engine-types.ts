import type { WrittenSegment } from '@diffusion/eval';
import type { MotionEstimate, SegmentMethod } from '@diffusion/features';
import type { FileReport, Prediction, ReadOptions, Reason, TracksData } from '@diffusion/tracks';

/** A file that was dropped, and the condition that it is of. */
export interface GivenFile {
  readonly file: File;
  /** Its path where a folder was dropped, else its name. */
  readonly path: string;
  readonly condition: string;
  /** The files of a folder that is one data set. */
  readonly store?: readonly { readonly file: File; readonly path: string }[];
}

/** The least and the largest number of each axis of the field; of 1D tracks x is the time. */
export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What was read, and which files could not be. */
export interface ReadAnswer {
  readonly tracks?: TracksData;
  readonly extent?: Extent;
  readonly reports: readonly FileReport[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly seconds: number;
}

/** How files are read; what is left out is taken from them. */
export type Reading = Pick<
  ReadOptions,
  'dt' | 'pixelSize' | 'positionUnit' | 'minLength' | 'splitGaps' | 'duplicates'
>;

/** What is to be simulated. */
export interface Simulation {
  readonly model: string;
  readonly count: number;
  readonly length: { readonly min: number; readonly max: number };
  readonly dim: 1 | 2 | 3;
  /** Those of the model of motion, by name. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly snr?: number;
  readonly seed: number;
}

/** A model that judges, for people. */
export interface ModelInfo {
  readonly name: string;
  readonly seen: string;
  readonly classes: readonly string[];
}

export interface Judged {
  readonly prediction: Prediction;
  readonly model: ModelInfo;
  readonly seconds: number;
}

/** Estimates of some tracks. */
export interface SomeEstimates {
  readonly rows: Uint32Array;
  readonly estimates: readonly MotionEstimate[];
}

/** Where the motion of every track changes, and what it is between. */
export interface Segmented {
  /** The network. */
  readonly by: string;
  /** What segmented the tracks that have segments and a reason. */
  readonly beside?: SegmentMethod;
  readonly segments: readonly (readonly WrittenSegment[])[];
  /** Why a track has none, or those of the method beside. */
  readonly reasons: readonly (Reason | undefined)[];
  readonly seconds: number;
}
