// Doing the work of a table or figure

export { type RunItemOptions, runItem } from './run-item.ts';
