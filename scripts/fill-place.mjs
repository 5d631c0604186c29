/**
 * A page with text between its lines `<!-- NAME -->` and `<!-- end -->`, in place of what stands there.
 *
 * @param path of the page, for who has to mend it.
 */
export function filled(page, name, text, path) {
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
  if (!place.test(page)) throw new Error(`${path} has no place for '${name}'`);
  return page.replace(place, (_, begin, end) => `${begin}\n${text.trim()}\n\n${end}`);
}

/** Rows of cells as a table in Markdown. */
export function markdownTable(heads, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
