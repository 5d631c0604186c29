/** The tables of a prior, in Markdown: what a track is seen with, and its laws. */
export function priorTables(prior: object): [string, string];
/** A page with the tables between their marks. */
export function withTables(page: string, tables: readonly [string, string]): string;
