import type { FormatResult } from './format-result.ts';

/** One of the two documents that TrackMate writes, while it is read. */
export interface TrackmateDocument {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  finish(): FormatResult;
}
