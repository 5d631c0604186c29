import { readFileSync } from 'node:fs';

/** What a source file imports, and everything that imports, by URL or package name. */
function imports(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const source = readFileSync(file, 'utf8');
  for (const [, name] of source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (name.startsWith('.')) imports(new URL(name, file), seen);
    else seen.add(name);
  }
  return seen;
}

describe('the main entry', () => {
  it('imports two packages that run in browsers, and nothing of Node', () => {
    const all = [...imports(new URL('./index.ts', import.meta.url))];
    const packages = all.filter((name) => !name.startsWith('file:'));
    expect(packages.sort()).toEqual(['leven', 'saxes']);
    expect(all.some((name) => name.includes('/node/'))).toBe(false);
    expect(all.length).toBeGreaterThan(30);
  });
});
