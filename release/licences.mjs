import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../scripts/run.mjs';
import { published } from './published.mjs';

/**
 * `node release/licences.mjs` writes the table of docs/licences.md: every package that is installed with one of ours, optional
 * peers and what those need included, with its licence. release/licences.test.ts holds the page to it.
 */

/** Licences that ask for nothing but that their text is kept; what has another must not be needed. */
export const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
];

/** Whether all that a licence expression demands is permissive: of `A OR B` one, of `A AND B` both. */
export const isPermissive = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((name) => PERMISSIVE.includes(name.trim())));

/** The folder of an installed package, as Node finds it from another's; undefined where it is not installed. */
function folderOf(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return realpathSync(join(folder, 'node_modules', name));
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
}

const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Every package that one of ours brings: name, version, licence, and which of ours need it. */
export function brought() {
  const found = new Map();
  for (const { folder, manifest } of published) {
    const seen = new Set();
    const walk = (from, { dependencies, optionalDependencies, peerDependencies }) => {
      for (const name of Object.keys({
        ...dependencies,
        ...optionalDependencies,
        ...peerDependencies,
      })) {
        const place = folderOf(name, from);
        // A peer that is optional to somebody else, or a binary of another platform.
        if (place === undefined || seen.has(place)) continue;
        seen.add(place);
        const theirs = read(place);
        walk(place, theirs);
        if (name.startsWith('@diffusion/')) continue;
        const key = `${theirs.name} ${theirs.version}`;
        const license = typeof theirs.license === 'object' ? theirs.license.type : theirs.license;
        const entry = found.get(key) ?? { name, version: theirs.version, license, by: [] };
        entry.by.push(manifest.name);
        found.set(key, entry);
      }
    };
    walk(folder, manifest);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The table, by licence. */
export function table() {
  const all = brought();
  const short = (name) => name.replace('@diffusion/', '');
  const licences = [...new Set(all.map(({ license }) => license))].sort();
  return licences
    .map((licence) => {
      const rows = all
        .filter(({ license }) => license === licence)
        .map(
          ({ name, version, by }) => `| \`${name}\` | ${version} | ${by.map(short).join(', ')} |`,
        );
      return `### ${licence}\n\n| package | version | comes with |\n|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

export const START = '<!-- made by release/licences.mjs -->\n';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, 'docs/licences.md');
  const [head] = readFileSync(path, 'utf8').split(START);
  writeFileSync(path, `${head}${START}\n${table()}`);
}
