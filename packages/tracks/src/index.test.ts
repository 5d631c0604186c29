import { readFileSync } from 'node:fs';

/** What a source file imports, and everything that imports, by URL or package name; with what it loads later, if asked. */
function imports(file: URL, later: boolean, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const source = readFileSync(file, 'utf8');
  const code = source.replace(/^import type [^;]*;/gm, '');
  for (const [text, name] of code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (text.includes('(') && (!later || /typeof\s+$/.test(code.slice(0, code.indexOf(text)))))
      continue;
    if (name.startsWith('.')) imports(new URL(name, file), later, seen);
    else seen.add(name);
  }
  return seen;
}

describe('the main entry', () => {
  it('imports two packages that run in browsers, and nothing of Node', () => {
    const all = [...imports(new URL('./index.ts', import.meta.url), false)];
    const packages = all.filter((name) => !name.startsWith('file:'));
    expect(packages.sort()).toEqual(['leven', 'saxes']);
    expect(all.some((name) => name.includes('/node/'))).toBe(false);
    expect(all.length).toBeGreaterThan(30);
  });

  it('loads what few files need when one is read or written', () => {
    const all = [...imports(new URL('./index.ts', import.meta.url), true)];
    const packages = all.filter((name) => !name.startsWith('file:')).sort();
    expect(packages).toEqual([
      'fflate',
      'hyparquet',
      'hyparquet-compressors',
      'hyparquet-writer',
      'hyparquet/src/column.js',
      'leven',
      'saxes',
      'zarrita',
    ]);
    expect(all.some((name) => name.includes('/node/'))).toBe(false);
  });
});
