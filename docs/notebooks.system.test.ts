import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith, jupyter } from '../fixtures/needs.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly evalue?: string;
}

/** Runs cells of TypeScript in Jupyter, in a folder where all packages are installed, and gives what each puts out. */
function runNotebook(cells: readonly string[], place: string): Output[][] {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-'));
  try {
    symlinkSync(join(root, 'packages/cli/node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'deno.json'), '{ "nodeModulesDir": "manual" }');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const deno = join(place, 'node_modules/.bin/deno');
    const kernel = join(folder, 'data/kernels/deno');
    mkdirSync(kernel, { recursive: true });
    writeFileSync(
      join(kernel, 'kernel.json'),
      JSON.stringify({
        argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
        display_name: 'Deno',
        language: 'typescript',
      }),
    );
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: 'deno', display_name: 'Deno', language: 'typescript' } },
      cells: cells.map((source, i) => ({
        ...{ cell_type: 'code', id: `cell-${i}`, metadata: {} },
        ...{ execution_count: null, outputs: [], source },
      })),
    };
    writeFileSync(join(folder, 'first.ipynb'), JSON.stringify(notebook));
    const { status, stderr } = spawnSync(
      join(place, 'bin/jupyter'),
      [
        'nbconvert',
        '--to',
        'notebook',
        '--execute',
        '--allow-errors',
        '--output',
        'done.ipynb',
        'first.ipynb',
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 240_000,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          JUPYTER_PATH: join(folder, 'data'),
          PATH: `${join(place, 'bin')}${delimiter}${process.env.PATH}`,
        },
      },
    );
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const done = JSON.parse(readFileSync(join(folder, 'done.ipynb'), 'utf8'));
    return done.cells.map(({ outputs }: { outputs: Output[] }) => outputs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const here = jupyter();

describeWith(here)('docs/notebooks.md in Jupyter with the kernel of Deno', () => {
  it('shows tables, pictures and plots', () => {
    const page = readFileSync(join(root, 'docs/notebooks.md'), 'utf8');
    const cells = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => match[1]);
    // What is given to the kernel last shows itself, in the cell after it.
    const outputs = runNotebook([...cells, 'features(few)', 'model', 'speeds'], here.folder);
    const errors = outputs.flat().filter(({ output_type }) => output_type === 'error');
    expect(errors.map(({ evalue }) => evalue)).toEqual([]);
    const shown = outputs.map((all) => all.find(({ data }) => data)?.data ?? {});
    const html = (i: number) => [shown[i]['text/html'] ?? ''].flat().join('');
    expect(html(0)).toMatch(/100 tracks in 2D.*<polyline/s);
    expect(html(1)).toContain('estimates of 20 tracks');
    expect(html(2)).toContain('prediction of 50 tracks');
    const plot = shown[3]['application/vnd.vegalite.v5+json'] as Record<string, unknown>;
    expect(plot.$schema).toContain('vega-lite/v5');
    expect(plot.usermeta).toEqual({ embedOptions: { renderer: 'svg', actions: false } });
    expect(html(5)).toContain('features of 20 tracks');
    expect(html(6)).toContain('confined');
    expect(html(7)).toContain('µm/s');
  }, 300_000);
});
