import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Source files of a folder, without tests and fixtures. */
function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.(test|fixture|types)\.ts$/.test(name))
    .map((name) => join(folder, name));
}

/** What a file imports, as it is written. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/).*$/gm, '');
  return [
    ...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g),
    ...code.matchAll(/new URL\('([^']+)', import\.meta\.url\)/g),
  ].map((match) => match[1]);
}

const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);
const manifest = (name: string) =>
  JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));

/** Arrows between published packages, as the sources import them. */
const found = new Map<string, Set<string>>();
for (const name of packages) {
  for (const file of sources(join(root, 'packages', name, 'src'))) {
    for (const specifier of importsOf(file)) {
      const [, other] = /^@diffusion\/([^/]+)/.exec(specifier) ?? [];
      if (other === undefined || other === name) continue;
      const arrow = `${name} --> ${other}`;
      if (!found.has(arrow)) found.set(arrow, new Set());
      found.get(arrow)!.add(relative(root, file));
    }
  }
}

describe('docs/architecture.md', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const [, diagram] = /```mermaid\n(.*?)```/s.exec(page)!;
  const drawn = [...diagram.matchAll(/^ {2}(\w+) (?:-->|-\.->\|[^|]*\|) (\w+)$/gm)].map(
    ([, from, to]) => `${from} --> ${to}`,
  );

  it('draws the arrows that there are, and no other', () => {
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.sort()).toEqual([...found.keys()].sort());
  });

  it('names every published package', () => {
    const published = packages.filter((name) => !manifest(name).private);
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
    expect(rows.sort()).toEqual(published.sort());
  });

  it.each(['docs/architecture.md', 'CONTRIBUTING.md'])(
    'names places that there are: %s',
    (name) => {
      const text = readFileSync(join(root, name), 'utf8');
      const places = [...text.matchAll(/`((?:packages|examples|docs|fixtures)\/[\w./-]+)`/g)].map(
        (match) => match[1],
      );
      expect(places.length).toBeGreaterThan(5);
      expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
    },
  );
});

describe('imports', () => {
  it.each(packages)('%s declares what it imports', (name) => {
    const { dependencies = {}, peerDependencies = {} } = manifest(name);
    const declared = Object.keys({ ...dependencies, ...peerDependencies })
      .filter((each) => each.startsWith('@diffusion/'))
      .map((each) => `${name} --> ${each.slice('@diffusion/'.length)}`);
    const arrows = [...found.keys()].filter((arrow) => arrow.startsWith(`${name} `));
    expect(declared.sort()).toEqual(arrows.sort());
  });

  it('of files never run in a circle', () => {
    const all = [
      ...packages.flatMap((name) => sources(join(root, 'packages', name, 'src'))),
      ...sources(join(root, 'examples/own/src')),
    ];
    const known = new Set(all);
    const next = new Map(
      all.map((file) => [
        file,
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => join(dirname(file), specifier))
          .filter((target) => known.has(target)),
      ]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) {
        circles.push([...path.slice(at), file].map((each) => relative(root, each)).join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const target of next.get(file)!) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of all) walk(file, []);
    expect(circles).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });
});
