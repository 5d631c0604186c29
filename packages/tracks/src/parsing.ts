/**
 * How numbers, ids and JSON are read in every file here. For libraries that read files of their own beside those of
 * tracks.
 */

export { trackId } from './read/id-column.ts';
export { readNumber } from './read/numbers.ts';
export { parseJson } from './read/parse-json.ts';
