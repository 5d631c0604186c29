/**
 * How every package here words an error: what it quotes of a value, on one line, and the nearest of the names that there
 * are. For libraries that are made of these packages.
 */

export { checkTracks } from './check-tracks.ts';
export { checkOptions, type OptionNames, shown } from './names/check-options.ts';
export { nearestName } from './names/nearest-name.ts';
export { oneLine, quote, quoteAll } from './quote-value.ts';
