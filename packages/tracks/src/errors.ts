import { oneLine, shorten } from './quote-value.ts';

/** Tracks whose parts do not fit each other, or that cannot be joined. The message is one line. */
export class TracksError extends Error {
  override readonly name: string = 'TracksError';

  constructor(message: string, options?: ErrorOptions) {
    // Names of columns and files may hold line breaks.
    super(oneLine(message), options);
  }
}

/** The most characters of a path, and of the name of a column, in a message. */
const LONGEST_PATH = 400;
const LONGEST_NAME = 100;

/** Input that could not be read: where it is wrong, and what was expected there. */
export class ReadError extends TracksError {
  override readonly name = 'ReadError';
  /** What was read: a path, or any name the caller gave. */
  readonly source: string;
  /** Line, from 1, when it is known. */
  readonly line: number | undefined;
  /** Row of a table without lines, from 1, when it is known. */
  readonly row: number | undefined;
  /** Name of the column, when it is known. */
  readonly column: string | undefined;
  /** The reader's option that would settle it, which the message names, when there is one. */
  readonly option: string | undefined;

  /**
   * @param options.cause what the system said, where a file could not be read.
   */
  constructor(
    message: string,
    where: { source: string; line?: number; row?: number; column?: string; option?: string },
    options?: ErrorOptions,
  ) {
    const line = where.line === undefined ? '' : `, line ${where.line}`;
    const row = where.row === undefined ? '' : `, row ${where.row}`;
    const column =
      where.column === undefined ? '' : `, column ${shorten(where.column, LONGEST_NAME)}`;
    super(`${shorten(where.source, LONGEST_PATH)}${line}${row}${column}: ${message}`, options);
    this.source = where.source;
    this.line = where.line;
    this.row = where.row;
    this.column = where.column;
    this.option = where.option;
  }
}

/** A disk that failed (full, broken) while something was written: one line with the path. Nothing half-written is left. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
