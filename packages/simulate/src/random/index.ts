export * from './keyed.ts';
