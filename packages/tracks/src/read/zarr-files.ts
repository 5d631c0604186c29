/** How many files a store may have: a graph of tracks has some thirty. */
export const MOST_FILES = 100_000;

/** A file of a Zarr store, which is read when it is needed. */
export interface StoredFile {
  /** Bytes. */
  readonly size: number;
  read(): Promise<Uint8Array>;
}

/** The files of a store by their paths, with `/` between the parts and none at the beginning. */
export type StoredFiles = ReadonlyMap<string, StoredFile>;
