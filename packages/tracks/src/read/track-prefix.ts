/** A trackColumn in a table is a column with this before its name, and one value per track. */
export const TRACK_PREFIX = 'track:';
