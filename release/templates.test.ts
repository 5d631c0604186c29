import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { installed, packageOf } from './published.mjs';

/** What is said of the templates; that they work is tried where they are installed. */
const templates = join(root, 'examples/templates');
const names = readdirSync(templates, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...path: string[]) => readFileSync(join(templates, ...path), 'utf8');

/** The program of each: the file, or of a page the script in it. */
const programs: Record<string, string> = {
  node: read('node/first-track.js'),
  vite: read('vite/main.js'),
  webpack: read('webpack/main.js'),
  esbuild: read('esbuild/main.js'),
  'import-map': /<script type="module">(.*?)<\/script>/s.exec(
    read('import-map/public/index.html'),
  )![1],
};

it('each is known here and to docs/install.md', () => {
  expect(Object.keys(programs).sort()).toEqual(names.sort());
  const guide = readFileSync(join(root, 'docs/install.md'), 'utf8');
  for (const name of names) expect(guide).toContain(`(../examples/templates/${name})`);
  const [, shown] = /^```js\n(.*?)^```/ms.exec(guide)!;
  expect(shown.replace(/ \/\/ directed.*/, '')).toBe(programs.node);
  expect(guide).toContain(`\nnpm install ${needed(programs.node).join(' ')}\n`);
});

/** All that has to be installed for a program. */
function needed(program: string): string[] {
  const [first, ...others] = importsOf(program);
  return installed(first, others);
}

const importsOf = (program: string): string[] => [
  ...new Set(
    [...program.matchAll(/from '([^'.][^']*)'/g)].map(([, specifier]) => packageOf(specifier)),
  ),
];

describe.each(names)('%s', (name) => {
  const manifest = JSON.parse(read(name, 'package.json'));

  it('judges a track in ten lines at most', () => {
    const lines = programs[name].split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  it('names in its manifest what the program needs, and nothing else but its bundler', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(needed(programs[name]).sort());
    expect(manifest.private).toBe(true);
  });
});
