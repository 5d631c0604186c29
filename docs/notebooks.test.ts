import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The notebooks as they lie in the repository: with what they put out, without an error, small, with links that lead somewhere. */
const folder = join(import.meta.dirname, '../examples/notebooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

interface Cell {
  readonly cell_type: string;
  readonly execution_count: number | null;
  readonly source: string[];
  readonly outputs: { readonly output_type: string; readonly data?: Record<string, unknown> }[];
}

const cellsOf = (file: string): Cell[] =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')).cells;

describe('the notebooks', () => {
  it('have 500 kB together at most', () => {
    const bytes = files.map((file) => readFileSync(join(folder, file)).length);
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(500_000);
  });

  it('are named in the guide and in the README beside them', () => {
    const guide = readFileSync(join(import.meta.dirname, 'notebooks.md'), 'utf8');
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const file of files) {
      expect(guide).toContain(`(../examples/notebooks/${file})`);
      expect(readme).toContain(`(${file})`);
    }
  });

  it.each(files)('%s holds what it puts out, from the first cell to the last', (file) => {
    const cells = cellsOf(file).filter(({ cell_type }) => cell_type === 'code');
    expect(cells.map(({ execution_count }) => execution_count)).toEqual(cells.map((_, i) => i + 1));
    const outputs = cells.flatMap((cell) => cell.outputs);
    expect(outputs.filter(({ output_type }) => output_type === 'error')).toEqual([]);
    const pictures = outputs.filter(({ data = {} }) => 'image/svg+xml' in data);
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    // vega-lite is what a run gives: scripts/run.mjs has made SVG of it.
    expect(
      outputs.filter(({ data = {} }) => Object.keys(data).some((type) => /vega/.test(type))),
    ).toEqual([]);
  });

  it.each(files)('%s imports what its manifest names', (file) => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const source = cellsOf(file)
      .filter(({ cell_type }) => cell_type === 'code')
      .map((cell) => cell.source.join(''))
      .join('\n');
    const imported = [...source.matchAll(/from '(@[^/']+\/[^/']+)/g)].map(([, name]) => name);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !(name in dependencies))).toEqual([]);
  });
});
