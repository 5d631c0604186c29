/** How values show themselves in notebooks and to `console.log`. For libraries that are made of these packages. */

export { bundleFor, type MimeBundle, showAs, type Views } from './show-as.ts';
export { type Cell, escapeHtml, factViews, type ShownTable, tableViews } from './table-views.ts';
