// Reading files of this machine

export { type ReadBytesOptions, readBytes } from './read-file.ts';
export {
  type NamedPicture,
  type ReadImagesOptions,
  readImages,
  readPictures,
} from './read-images.ts';
export {
  type ReadFilesOptions,
  type ReadResult,
  readTracks,
  type SkippedFile,
} from './read-tracks.ts';
export { readingProblem } from './reading-problem.ts';

// Writing them, whole or not at all

export { freeFolder, holdFolder, refuseHeld } from './hold-folder.ts';
export { committedPath, finishReplacing, type NewFile, replaceFiles } from './replace-files.ts';
export { writeAtomically } from './write-atomically.ts';
export { writeTracks } from './write-tracks.ts';
