import type { PlotSpec, Table } from '@diffusion/eval';

/** How much of the source's own work is done: `small` is estimated at a quarter of an hour at most on two cores. */
export type Scale = 'small' | 'full';

/** A recipe as plain JSON. */
export type RecipeJson = Readonly<Record<string, unknown>>;

/**
 * One piece of work of an item, done once however many items need it: a training by a recipe, or a line of the command.
 * In a line `{output}` is a folder of its own and `{part:NAME}` the folder of a part of an earlier stage.
 */
export type Part =
  | { readonly name: string; readonly recipe: RecipeJson }
  | { readonly name: string; readonly command: readonly string[] };

/** A number of the source beside ours. */
export interface Row {
  /** What it is of, such as `XResNet`. */
  readonly name: string;
  /** What was measured, such as `accuracy (validation)`. */
  readonly measure: string;
  /** As the source prints it; absent where it prints none. */
  readonly paper?: number;
  /** Absent where it was not measured. */
  readonly ours?: number;
  /** 95 % interval of ours. */
  readonly low?: number;
  readonly high?: number;
  /** How it is written: `percent` of a share, whole numbers, or as they are. */
  readonly unit: 'percent' | 'whole' | 'plain' | 'seconds';
}

/** A picture of an item. */
export interface ItemFigure {
  /** Name of its files. */
  readonly name: string;
  readonly alt: string;
  readonly caption: string;
  readonly spec: PlotSpec;
}

/** What an item comes to. */
export interface Assembled {
  readonly rows: readonly Row[];
  readonly figures?: readonly ItemFigure[];
  /** Tables that are no comparison of numbers one by one. */
  readonly tables?: readonly Table[];
  /** What the reader must know: why ours differ, what is missing. */
  readonly notes?: readonly string[];
}

/** What the parts of an item printed and wrote. */
export interface Results {
  readonly scale: Scale;
  /** The JSON that a part printed. */
  readonly json: (part: string) => unknown;
  /** The text of a file that a part wrote to its folder. */
  readonly text: (part: string, file: string) => Promise<string>;
  /** The folder that a part wrote to. */
  readonly folder: (part: string) => string;
  /** Seconds that a part took. */
  readonly seconds: (part: string) => number;
  /** What `compute` gave. */
  readonly computed: unknown;
}

/** What is said of a scale. */
export interface ScaleStory {
  /** What of the source's work is done, in a sentence. */
  readonly says: string;
  /** Minutes on two cores: an estimate. */
  readonly minutes: number;
}

/** A table or figure of a source. */
export interface Item {
  readonly source: Source;
  /** `table-3`, `figure-5`. */
  readonly item: string;
  readonly title: string;
  /** What was done, as the source's method section says it. */
  readonly about: string;
  /** What the source leaves open and is settled here, each with how. */
  readonly unspecified: readonly string[];
  readonly scales: Readonly<Record<Scale, ScaleStory>>;
  /** What is done one stage after the other; parts of a stage side by side. */
  readonly stages: (
    scale: Scale,
  ) => Promise<readonly (readonly Part[])[]> | readonly (readonly Part[])[];
  /** What no line of the command does: JSON that is kept. */
  readonly compute?: (scale: Scale) => Promise<unknown>;
  readonly assemble: (results: Results) => Promise<Assembled> | Assembled;
}

/** Names of the sources. */
export type Source = 'gajowczyk2021' | 'wadnet2021' | 'lipnet2016' | 'benitez2023';
