/** The ends of what a quantity may be; equal where it is known. */
export type Range = readonly [from: number, to: number];

/** The centres of equal cells of a range; the one value where it has no width. */
export function centresOf([from, to]: Range, cells: number): Float64Array {
  if (from === to) return Float64Array.of(from);
  return Float64Array.from({ length: cells }, (_, i) => from + ((to - from) * (i + 0.5)) / cells);
}

/** The part of a range between two edges of so many cells, as far as there are any; all of one without width. */
export function rangeOfCells([from, to]: Range, first: number, last: number, cells: number): Range {
  if (from === to) return [from, to];
  const at = (edge: number) => from + ((to - from) * edge) / cells;
  return [first <= 0 ? from : at(first), last >= cells ? to : at(last)];
}
