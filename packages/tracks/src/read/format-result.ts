import type { Tracks } from '../tracks.ts';
import type { FileReport } from './read-options.ts';

/** What the reader of one format makes of a file, before the options that are the same for all of them. */
export interface FormatResult {
  tracks: Tracks;
  found: Partial<FileReport>;
}
