// Reading files.

// Writing them, whole or not at all.
export { holdFolder } from './hold-folder.ts';
export { type ReadBytesOptions, readBytes } from './read-file.ts';
export { readTracks } from './read-tracks.ts';
export { readingProblem } from './reading-problem.ts';
export { committedPath, finishReplacing, type NewFile, replaceFiles } from './replace-files.ts';
export { writeAtomically } from './write-atomically.ts';
export { writeTracks } from './write-tracks.ts';
