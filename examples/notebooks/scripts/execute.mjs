import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the notebooks, and that of the repository. */
export const here = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(here));

/** The notebooks, without their ending. */
export const notebookNames = readdirSync(here)
  .filter((file) => file.endsWith('.ipynb'))
  .map((file) => file.slice(0, -'.ipynb'.length))
  .sort();

/**
 * Runs notebooks in Jupyter with the kernel of Deno, one after the other, in a folder that looks to them like this one and is taken
 * away in the end.
 *
 * @param {Readonly<Record<string, object>>} notebooks by their names
 * @param {string} jupyter where benchmarks/notebooks/setup.sh has put Jupyter and Deno
 * @returns {Record<string, { cells: { cell_type: string, source: string[], outputs?: object[] }[] }>} with what each cell puts out,
 * errors among it
 */
export function executeNotebooks(notebooks, jupyter) {
  const place = mkdtempSync(join(tmpdir(), 'notebooks-'));
  try {
    const folder = join(place, 'examples/notebooks');
    const kernel = join(place, 'jupyter/kernels/deno');
    for (const each of [folder, kernel]) mkdirSync(each, { recursive: true });
    symlinkSync(join(root, 'fixtures'), join(place, 'fixtures'));
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['package.json', 'deno.json']) cpSync(join(here, name), join(folder, name));
    const deno = join(jupyter, 'node_modules/.bin/deno');
    writeFileSync(
      join(kernel, 'kernel.json'),
      JSON.stringify({
        argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
        display_name: 'Deno',
        language: 'typescript',
      }),
    );
    const files = Object.keys(notebooks).map((name) => `${name}.ipynb`);
    for (const [name, notebook] of Object.entries(notebooks)) {
      writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
    }
    const { status, stderr } = spawnSync(
      join(jupyter, 'bin/jupyter'),
      [
        ...['nbconvert', '--config', join(here, 'scripts/late_outputs.py'), '--to', 'notebook'],
        ...['--execute', '--allow-errors', '--inplace', ...files],
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 400_000,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          JUPYTER_PATH: join(place, 'jupyter'),
          PATH: `${join(jupyter, 'bin')}${delimiter}${process.env.PATH}`,
        },
      },
    );
    if (status !== 0) throw new Error(`nbconvert: ${stderr}`);
    return Object.fromEntries(
      Object.keys(notebooks).map((name) => [
        name,
        JSON.parse(readFileSync(join(folder, `${name}.ipynb`), 'utf8')),
      ]),
    );
  } finally {
    rmSync(place, { recursive: true });
  }
}
