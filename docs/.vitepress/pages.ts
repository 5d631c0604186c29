import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The names of the Markdown files of a folder, without their ending, sorted; none where there is no such folder. */
export function pagesOf(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** The folders of a folder that have a README. */
export function roomsOf(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => existsSync(join(root, folder, name, 'README.md')))
    .sort();
}

/** The first heading of a page, as plain text. */
export function titleOf(file: string): string {
  const heading = /^# (.*)$/m.exec(readFileSync(join(root, file), 'utf8'));
  if (heading === null)
    throw new Error(`${file} has no heading: expected a line that begins with "# "`);
  return heading[1].replace(/`/g, '');
}

/** Where the pages of the site come from, and where they stand on it: the `rewrites` of VitePress, the first that fits. */
export const places: Readonly<Record<string, string>> = {
  'docs/README.md': 'guides.md',
  'docs/:folder/README.md': ':folder/index.md',
  'docs/:path(.*)': ':path',
  'CONTRIBUTING.md': 'contributing.md',
  'packages/:name/README.md': 'packages/:name.md',
  'examples/:name(web|own|sweeps)/README.md': 'examples/:name.md',
  'packages/weights/models/:name/README.md': 'weights/:name.md',
};

/** The address of a file of the repository on the site, or undefined where it is no page. */
export function siteAddress(file: string): string | undefined {
  const notebook = /^examples\/notebooks\/([\w-]+)\.ipynb$/.exec(file);
  if (notebook !== null) return `/notebooks/${notebook[1]}`;
  if (!file.endsWith('.md') || /^docs\/(?:\.vitepress|scripts|node_modules)\//.test(file))
    return undefined;
  for (const [from, to] of Object.entries(places)) {
    const names: string[] = [];
    const pattern = from.replace(/\./g, '\\.').replace(/:(\w+)(?:\(([^)]*)\))?/g, (_, name, of) => {
      names.push(name);
      return `(${of?.replace('\\.', '.') ?? '[^/]+'})`;
    });
    const found = new RegExp(`^${pattern}$`).exec(file);
    if (found === null) continue;
    const page = names.reduce((path, name, at) => path.replace(`:${name}`, found[at + 1]), to);
    return `/${page.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`;
  }
  return undefined;
}

/** The address of a heading within its page, as the repository's pages have it. */
export function headingAddress(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
