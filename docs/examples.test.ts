import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled, examplesOf, promisedAndPrinted } from '../fixtures/examples.ts';

/**
 * Every ```ts example of a README and of the guides runs, as it stands, and prints what its `// → …` comments say.
 * Examples run where a user's would: in the package's folder, or for the guides where every package is installed.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const pages = [...folders, root]
  .map((folder) => ({
    page: join(folder, 'README.md'),
    where: folder === root ? join(root, 'packages/cli') : folder,
  }))
  .concat(guides(join(root, 'docs')).map((page) => ({ page, where: join(root, 'packages/cli') })))
  .filter(({ page }) => existsSync(page));

const manifest = (folder: string): object =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function guides(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^api$|^node_modules$|^\./.test(entry.name) ? [] : guides(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const examples = pages.flatMap(({ page, where }) => {
  const text = readFileSync(page, 'utf8');
  return examplesOf(text).map((example) => ({
    title: `${relative(root, page)}, line ${example.line}`,
    example,
    where,
  }));
});

describe('documentation', () => {
  it.each(
    folders
      .filter((folder) => 'exports' in manifest(folder))
      .map((folder) => relative(root, folder)),
  )('%s has a README with an example', (folder) => {
    expect(examples.some(({ title }) => title.startsWith(`${folder}/README.md`))).toBe(true);
  });

  it.each(examples)('$title runs and prints what it says', ({ example, where }) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-'], {
      cwd: where,
      input: compiled(example),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const [promised, printed] = promisedAndPrinted(example, stdout);
    expect(printed).toEqual(promised);
  });
});
