import { ReadError } from '../errors.ts';

/** A readable file that is no file of tracks: in a folder it is passed over, by itself it is an error. */
export class NotTracksError extends ReadError {}
