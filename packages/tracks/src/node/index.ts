export * from './read-tracks.ts';
export { readingProblem } from './reading-problem.ts';
export * from './write-atomically.ts';
export * from './write-tracks.ts';
