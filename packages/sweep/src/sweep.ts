/** What a task is told from its neighbours by. */
export type SweepValue = string | number | boolean;

/** A task that is written out. */
export interface SweepLine {
  /** Told to no other task; made of the values, or of the place in the list, where it is left out. */
  readonly name?: string;
  /** Arguments of the command, with placeholders: `{output}`, `{seed}` and one for each value. */
  readonly command: readonly string[];
  /** What stands in the table, and in place of `{key}`. */
  readonly values?: Readonly<Record<string, SweepValue>>;
}

/** A task for each combination of values; the last of them changes fastest. */
export interface SweepGrid {
  /** The name of a task, with placeholders; `key=value,key=value` where it is left out. */
  readonly name?: string;
  readonly command: readonly string[];
  /** What each key stands for, one after the other; or the files that fit a pattern such as `tracks/*.csv`. */
  readonly values: Readonly<Record<string, readonly SweepValue[] | { readonly files: string }>>;
}

/** A list or grid of tasks, each a line of the command: the content of a sweep file. */
export interface Sweep {
  readonly format: 'diffusion-sweep';
  readonly version: 1;
  readonly name: string;
  readonly about?: string;
  /** From which `{seed}` of each task is derived, by its name; 1 where it is left out. */
  readonly seed?: number;
  readonly tasks?: readonly SweepLine[];
  /** A training each: recipes, or names of recipes that come with the command, or of files. */
  readonly recipes?: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly grid?: SweepGrid | readonly SweepGrid[];
  /** Fields of what a task prints, such as `test.accuracy`, that the table has; all its numbers where it is left out. */
  readonly select?: readonly string[];
}

/** One task of a sweep. */
export interface SweepTask {
  /** From 0, in the order of the file: tasks, recipes, grid. */
  readonly index: number;
  readonly name: string;
  readonly values: Readonly<Record<string, SweepValue>>;
  readonly seed: number;
  /** Arguments of the command; `{output}`, and `{recipe}` where there is one, are known when it runs. */
  readonly command: readonly string[];
  /** A recipe that is written to the folder of the task, for `{recipe}`. */
  readonly recipe?: Readonly<Record<string, unknown>>;
}
