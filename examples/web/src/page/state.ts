import type { MotionEstimate } from '@diffusion/features';
import type { FileReport, Prediction, Tracks } from '@diffusion/tracks';
import { signal } from '@preact/signals-core';
import type {
  Extent,
  GivenFile,
  ModelInfo,
  Reading,
  Segmented,
  Simulation,
} from '../engine/engine-types.ts';
import type { MadeReport } from '../report/make-report.ts';

/** Where the tracks are from. */
export type Source =
  | { readonly kind: 'files'; readonly files: readonly GivenFile[]; readonly reading: Reading }
  | { readonly kind: 'simulated'; readonly wanted: Simulation };

/** Tracks as the page holds them, and what it says of them beside. */
export interface Loaded {
  readonly tracks: Tracks;
  /** Where they lie; undefined where there is no point. */
  readonly extent?: Extent;
  readonly source: Source;
  readonly reports: readonly FileReport[];
  /** Names of the conditions, and that of each track; none where there is one condition only. */
  readonly conditions: readonly string[];
  readonly conditionOf?: Uint32Array;
}

/** What the model says of them. */
export interface Answers {
  readonly prediction: Prediction;
  readonly model: ModelInfo;
  /** Most probable class, −1 for tracks that were not judged. */
  readonly best: Int32Array;
  /** 1 for a track of which several classes are possible. */
  readonly undecided: Uint8Array;
  /** From a file of predictions in place of a model. */
  readonly imported?: string;
}

/** What is being done, for the line of state. */
export interface Job {
  readonly doing: string;
  /** From 0 to 1, where that is known. */
  readonly share?: number;
}

export const loaded = signal<Loaded | undefined>(undefined);
export const answers = signal<Answers | undefined>(undefined);
/** D, α and σ, as far as they are known; a new array with every part that is. */
export const estimates = signal<readonly (MotionEstimate | undefined)[]>([]);
export const report = signal<MadeReport | undefined>(undefined);
/** Shares of the classes, corrected; known before the whole report is. */
export const shares = signal<MadeReport['shares']>(undefined);
/** Where each track changes. */
export const segmented = signal<Segmented | undefined>(undefined);
export const jobs = signal<Readonly<Record<string, Job>>>({});
export const problems = signal<readonly { readonly title: string; readonly message: string }[]>([]);
/** What was done last, in a sentence: read out by screen readers. */
export const notice = signal('');

/** Shows that something is being done, until `undefined` is told. */
export function tellJob(name: string, job: Job | undefined): void {
  const { [name]: _, ...others } = jobs.peek();
  jobs.value = job ? { ...others, [name]: job } : others;
}

/** Says what went wrong, and leaves the page as it is. */
export function tellProblem(title: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  problems.value = [...problems.peek(), { title, message }];
}
