export { type RunItemOptions, runItem } from './run-item.ts';
