/**
 * The most characters of one row, field, tag, attribute or comment: what is longer is no data, but a quote or a tag that
 * was never closed, or a file made to fill the memory.
 */
export const LONGEST_TOKEN = 1 << 24;

/** The most characters of a table's first line. */
export const LONGEST_HEADER = 1 << 20;

/** The most bytes that are looked at at once, however large the pieces are in which they come. */
export const PIECE = 1 << 18;
