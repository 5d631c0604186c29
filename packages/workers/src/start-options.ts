import type { AnyWorker } from './any-worker.ts';

/** What a function that starts workers lets its callers choose. */
export interface WorkerStart {
  /**
   * Makes one worker, where a bundler or a server does not find the script by itself: a worker whose module imports the
   * script that the package exports as `./worker`.
   */
  readonly createWorker?: () => AnyWorker;
  /** Seconds that the script of a worker has to load and to say who it is; 60 unless told. */
  readonly startLimit?: number;
  /** Seconds without an answer from a worker that has something to do, after which it is given up; 600 unless told. */
  readonly patience?: number;
}

/** The script that a package's workers run. */
export interface WorkerScript {
  /** What it calls itself in `servePool`: the name under which its package exports it. */
  readonly name: string;
  /** Makes a worker of it. */
  readonly spawn: () => AnyWorker;
  /** The script with all that it imports as text, for where it does not stand beside the script that asks for it. */
  readonly text?: () => Promise<{ readonly default: string }>;
}
