import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled, examplesOf, promisedAndPrinted } from '../fixtures/examples.ts';

/**
 * Every ```ts example of a README and of the guides runs, as it stands, prints what its `// → …` comments say, and has types that fit.
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

  it('has examples whose types fit', () => {
    // A folder in each room, that the imports are found from, which git does not see.
    const rooms = [
      ...new Set(examples.map(({ where }) => join(where, 'out', `examples-${process.pid}`))),
    ];
    const titles = new Map<string, string>();
    for (const room of rooms) mkdirSync(room, { recursive: true });
    for (const [i, { title, example, where }] of examples.entries()) {
      const file = join(where, 'out', `examples-${process.pid}`, `${i}.ts`);
      writeFileSync(file, `${example.source}\nexport {};\n`);
      titles.set(relative(root, file), title);
    }
    const [first] = rooms;
    const project = join(first, 'tsconfig.json');
    writeFileSync(
      project,
      JSON.stringify({
        compilerOptions: {
          target: 'es2024',
          lib: ['es2024', 'esnext.array', 'dom', 'dom.iterable', 'dom.asynciterable'],
          module: 'nodenext',
          strict: true,
          // An example neither states the types of its own functions nor asks whether there is an answer.
          noImplicitAny: false,
          strictNullChecks: false,
          skipLibCheck: true,
          noEmit: true,
          types: ['node'],
          typeRoots: [join(root, 'node_modules/@types')],
        },
        files: [...titles.keys()].map((file) => join(root, file)),
      }),
    );
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', project], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const room of rooms) rmSync(room, { recursive: true, force: true });
    const wrong = stdout
      .split('\n')
      .filter((line) => line.includes('error TS'))
      .map((line) => line.replace(/^[^(]+/, (file) => `${titles.get(file) ?? file}, `));
    expect(wrong).toEqual([]);
  });
});
