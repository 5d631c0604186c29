export * from './readTracks.ts';
