import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../scripts/run.mjs';
import {
  address,
  common,
  importedBy,
  installLine,
  optionalPeers,
  published,
} from './published.mjs';

const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const names = published.map(({ place }) => place);
const packageAt = (place: string) => published.find((each) => each.place === place)!;

/** The pages of a package that are in its archive. */
function pagesOf(place: string): string[] {
  const { folder, manifest } = packageAt(place);
  const within = (path: string): string[] => {
    if (path.endsWith('.md')) return existsSync(path) ? [path] : [];
    if (!existsSync(path) || path.endsWith('dist') || /\.\w+$/.test(path)) return [];
    return readdirSync(path).flatMap((name) => within(join(path, name)));
  };
  return ['README.md', ...manifest.files].flatMap((name) => within(join(folder, name)));
}

it('finds the packages', () => {
  expect(names).toContain('packages/tracks');
  expect(names.length).toBeGreaterThanOrEqual(12);
  expect(address).toMatch(/^https:\/\/\S+[^/]$/);
});

describe.each(names)('%s', (place) => {
  const { folder, manifest } = packageAt(place);
  const page = read(folder, 'README.md');

  it('says where it is from (node release/complete.mjs writes it)', () => {
    expect(manifest).toMatchObject(common({ place }));
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.keywords.length).toBeGreaterThan(6);
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
    expect(manifest.keywords).toContain('single-particle-tracking');
    expect(manifest.engines).toEqual({ node: '>=20.19' });
    expect(manifest.files).toContain('CHANGELOG.md');
  });

  it('opens its package.json to whoever asks for it', () => {
    const { exports: doors = { './package.json': './package.json' } } = manifest;
    expect(doors['./package.json']).toBe('./package.json');
  });

  it('has a README that installs it with what it and its examples need, and names what else it can use', () => {
    const global = `npm install -g ${manifest.name}`;
    expect(page).toContain(manifest.exports ? `\n${installLine(manifest.name, page)}\n` : global);
    expect(optionalPeers(manifest).filter((peer) => !page.includes(`\`${peer}\``))).toEqual([]);
  });

  if (manifest.exports) {
    it('has a complete example before anything else is said of it', () => {
      expect(importedBy(page)).toContain(manifest.name);
      expect(page.indexOf('```ts')).toBeLessThan(2500);
    });
  }

  it.each(pagesOf(place).map((path) => relative(folder, path)))(
    '%s has links that hold wherever it is read',
    (file) => {
      const text = read(folder, file);
      const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
      expect(targets.filter((target) => !/^(https?:|#|mailto:)/.test(target))).toEqual([]);
      const ours = targets.filter((target) => target.startsWith(`${address}/`));
      expect(ours.filter((target) => !isThere(target.slice(address.length + 1)))).toEqual([]);
    },
  );

  it.each(pagesOf(place).map((path) => relative(folder, path)))(
    '%s names no file that is not in the archive, unless by a link to the repository',
    (file) => {
      // What stands between backticks, in text and in blocks, without the text of links.
      const text = read(folder, file).replace(/\[[^\]]*\]\(https?:[^)]*\)/g, '');
      const named = [
        ...text.matchAll(
          /(?:^|[\s`'"(])((?:src|docs|benchmarks|packages|scripts|fixtures|assembly|examples)\/[\w./-]+)/gm,
        ),
      ].map(([, path]) => path);
      expect(named).toEqual([]);
    },
  );
});

/** Whether a place of the repository is there: `blob/main/docs/x.md#heading`. */
function isThere(place: string): boolean {
  const [, path, , anchor] = /^(?:blob|tree)\/main\/([^#]+)(#(.*))?$/.exec(place) ?? [];
  if (path === undefined || !existsSync(join(root, path))) return false;
  if (anchor === undefined || anchor === 'readme') return true;
  const headings = [...read(root, path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
  return headings.includes(anchor);
}
