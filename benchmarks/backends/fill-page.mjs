import { readFileSync, writeFileSync } from 'node:fs';

/** Puts text between the lines `<!-- NAME -->` and `<!-- end -->` of a page of docs, in place of what stands there. */
export function fillPage(name, text, file = 'performance.md') {
  const page = new URL(`../../docs/${file}`, import.meta.url);
  const before = readFileSync(page, 'utf8');
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
  if (!place.test(before)) throw new Error(`docs/${file} has no place for '${name}'`);
  writeFileSync(
    page,
    before.replace(place, (_, begin, end) => `${begin}\n${text.trim()}\n\n${end}`),
  );
}

/** A table in Markdown of rows of cells; the first row is its head. */
export const markdown = ([head, ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
