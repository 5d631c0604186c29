// Files of this machine

export {
  type ReadFilesOptions,
  type ReadResult,
  readTracks,
  type SkippedFile,
} from './read-tracks.ts';
export { writeAtomically } from './write-atomically.ts';
export { writeTracks } from './write-tracks.ts';
