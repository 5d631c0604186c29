export * from './column.ts';
export * from './errors.ts';
export * from './tracks.ts';
