export * from './readTracks.ts';
export * from './writeAtomically.ts';
export * from './writeTracks.ts';
