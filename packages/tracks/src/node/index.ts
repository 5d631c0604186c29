export { type ReadBytesOptions, readBytes } from './read-file.ts';
export * from './read-tracks.ts';
export * from './write-atomically.ts';
export * from './write-tracks.ts';
