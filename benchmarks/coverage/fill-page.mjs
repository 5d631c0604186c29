import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../../docs/estimates.md', import.meta.url);

/** Puts text between the lines `<!-- NAME -->` and `<!-- end -->` of docs/estimates.md, in place of what stands there. */
export function fillPage(name, text) {
  const before = readFileSync(page, 'utf8');
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
  if (!place.test(before)) throw new Error(`docs/estimates.md has no place for '${name}'`);
  writeFileSync(
    page,
    before.replace(place, (_, begin, end) => `${begin}\n${text.trim()}\n\n${end}`),
  );
}
