import { readFileSync } from 'node:fs';

/** Everything that a module imports at run time, and what that imports, and so on. */
function reached(url: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(url.href)) return seen;
  seen.add(url.href);
  const source = readFileSync(url, 'utf8');
  for (const [, clause, from] of source.matchAll(/^(?:import|export) ([^;]*?)from '([^']+)';/gms)) {
    if (/^type /.test(clause)) continue;
    if (from.startsWith('.')) reached(new URL(from, url), seen);
    else seen.add(from);
  }
  return seen;
}

it('classical classifiers need no tfjs', () => {
  const all = [...reached(new URL('index.ts', import.meta.url))];
  expect(all.length).toBeGreaterThan(20);
  expect(all).toContain('@diffusion/features');
  expect(all.filter((name) => /tensorflow|backends/.test(name))).toEqual([]);
});
