import type { Assembled, Item, Scale, Source } from './item.ts';

/** What is kept of a reproduction, as JSON. */
export interface Reproduction {
  readonly format: 'diffusion-reproduction';
  readonly version: 1;
  readonly source: Source;
  readonly item: string;
  readonly title: string;
  readonly scale: Scale;
  /** What of the source's work was done. */
  readonly says: string;
  readonly rows: Assembled['rows'];
  readonly tables: NonNullable<Assembled['tables']>;
  /** Their files are beside it, `figures/NAME.vl.json` and `.svg`. */
  readonly figures: readonly {
    readonly name: string;
    readonly alt: string;
    readonly caption: string;
  }[];
  readonly notes: readonly string[];
  readonly unspecified: readonly string[];
  /** The machine it was done on, in words. */
  readonly machine: string;
  /** Seconds of all parts, one after the other; those of parts that other items share among them. */
  readonly seconds: number;
  /** Of the program: the commit it was built from where it is known, or its version. */
  readonly commit: string;
}

/** The parts of a result that follow from an item. */
export function reproductionOf(
  { source, item, title, scales, unspecified }: Item,
  scale: Scale,
  { rows, tables = [], figures = [], notes = [] }: Assembled,
  how: Pick<Reproduction, 'machine' | 'seconds' | 'commit'>,
): Reproduction {
  return {
    format: 'diffusion-reproduction',
    version: 1,
    source,
    item,
    title,
    scale,
    says: scales[scale].says,
    rows,
    tables,
    figures: figures.map(({ name, alt, caption }) => ({ name, alt, caption })),
    notes,
    unspecified,
    ...how,
  };
}
