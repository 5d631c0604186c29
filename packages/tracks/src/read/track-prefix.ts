/** A trackColumn in a table is a column with this before its name, and one value per track. */
export const TRACK_PREFIX = 'track:';

/** In a graph, whose tracklets are integers: the property of nodes with the ids of tracks that are none. */
export const TRACK_IDS = `${TRACK_PREFIX}track`;
