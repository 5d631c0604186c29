import { readFileSync, writeFileSync } from 'node:fs';
import { filled } from '../../scripts/fill-place.mjs';

/** Puts text between the lines `<!-- NAME -->` and `<!-- end -->` of a page of docs, in place of what stands there. */
export function fillPage(name, text, file = 'performance.md') {
  const page = new URL(`../../docs/${file}`, import.meta.url);
  writeFileSync(page, filled(readFileSync(page, 'utf8'), name, text, `docs/${file}`));
}

/** A table in Markdown of rows of cells; the first row is its head. */
export const markdown = ([head, ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
