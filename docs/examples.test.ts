import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  compiled,
  type Example,
  examplesOf,
  promisedAndPrinted,
  unrunExamplesOf,
} from '../fixtures/examples.ts';
import { readersPages, root } from '../fixtures/pages.ts';

/**
 * Every ```ts example of a README and of the guides runs, as it stands, prints what its `// → …` comments say, and has types that fit.
 * Those of ```js, which want what a test has not, have types that fit.
 * Examples run where a user's would: in the package's folder, or for the guides where every package is installed.
 */
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const pages = readersPages().map((page) => ({
  page,
  where: folders.includes(dirname(page)) ? dirname(page) : join(root, 'packages/cli'),
}));

const manifest = (folder: string): object =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const found = (of: (page: string) => Example[]) =>
  pages.flatMap(({ page, where }) =>
    of(readFileSync(page, 'utf8')).map((example) => ({
      title: `${relative(root, page)}, line ${example.line}`,
      example,
      where,
    })),
  );
const examples = found(examplesOf);

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
    const all = [...examples, ...found(unrunExamplesOf)];
    // A folder in each room, that the imports are found from, which git does not see.
    const rooms = [
      ...new Set(all.map(({ where }) => join(where, 'out', `examples-${process.pid}`))),
    ];
    const titles = new Map<string, string>();
    for (const room of rooms) mkdirSync(room, { recursive: true });
    for (const [i, { title, example, where }] of all.entries()) {
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
