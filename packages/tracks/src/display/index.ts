// How a value shows itself in notebooks and to `console.log`

export { bundleFor, type MimeBundle, showAs, type Views } from './show-as.ts';

// What several facts and what tables look like

export type { Cell } from './fact-text.ts';
export { escapeHtml, factViews, type ShownTable, tableViews } from './table-views.ts';
