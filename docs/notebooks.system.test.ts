import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executeNotebooks, notebookNames } from '../examples/notebooks/scripts/execute.mjs';
import { describeWith, jupyter } from '../fixtures/needs.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly evalue?: string;
  readonly text?: string | readonly string[];
}

interface Cell {
  readonly cell_type: string;
  readonly outputs: readonly Output[];
}

const here = jupyter();

/** What each cell of code of the notebooks puts out. */
function outputsOf(notebooks: Readonly<Record<string, object>>): Record<string, Output[][]> {
  const done: Record<string, { readonly cells: readonly Cell[] }> = executeNotebooks(
    notebooks,
    here.folder,
  );
  return Object.fromEntries(Object.entries(done).map(([name, { cells }]) => [name, codeOf(cells)]));
}

function codeOf(cells: readonly Cell[]): Output[][] {
  return cells.filter(({ cell_type }) => cell_type === 'code').map(({ outputs }) => [...outputs]);
}

function errorsOf(outputs: readonly Output[][]): (string | undefined)[] {
  return outputs
    .flat()
    .filter(({ output_type }) => output_type === 'error')
    .map(({ evalue }) => evalue);
}

describeWith(here)('docs/notebooks.md in Jupyter with the kernel of Deno', () => {
  it('shows tables, pictures and plots', () => {
    const page = readFileSync(join(root, 'docs/notebooks.md'), 'utf8');
    const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => match[1]);
    // What is given to the kernel last shows itself, in the cell after it.
    const cells = [...examples, 'features(few)', 'model', 'speeds'].map((source, i) => ({
      ...{ cell_type: 'code', id: `cell-${i}`, metadata: {} },
      ...{ execution_count: null, outputs: [], source },
    }));
    const { page: outputs } = outputsOf({
      page: {
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { kernelspec: { name: 'deno', display_name: 'Deno', language: 'typescript' } },
        cells,
      },
    });
    expect(errorsOf(outputs)).toEqual([]);
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

/** What an output is, a plot whatever it is drawn with. */
function kindOf({ output_type, data }: Output): string {
  if (data === undefined) return output_type;
  if ('application/vnd.vegalite.v5+json' in data || 'image/svg+xml' in data) return 'plot';
  return 'text/html' in data ? 'html' : 'text';
}

describeWith(here)('examples/notebooks in Jupyter with the kernel of Deno', () => {
  const committed = Object.fromEntries(
    notebookNames.map((name: string) => [
      name,
      JSON.parse(readFileSync(join(root, 'examples/notebooks', `${name}.ipynb`), 'utf8')),
    ]),
  );
  let outputs: Record<string, Output[][]>;

  beforeAll(() => {
    outputs = outputsOf(committed);
  }, 400_000);

  it.each(notebookNames)('%s runs without an error, and shows what lies in it', (name: string) => {
    expect(errorsOf(outputs[name])).toEqual([]);
    // Lines on the console come in one piece or in several.
    const kinds = (all: readonly Output[][]) => all.map((cell) => [...new Set(cell.map(kindOf))]);
    expect(kinds(outputs[name])).toEqual(kinds(codeOf(committed[name].cells)));
    const plots = outputs[name].flat().filter((output) => kindOf(output) === 'plot');
    expect(plots.length).toBeGreaterThanOrEqual(2);
    for (const { data = {} } of plots) {
      expect(JSON.stringify(data['application/vnd.vegalite.v5+json'])).toContain('"values":[{');
    }
  });

  const printed = (name: string): string =>
    outputs[name]
      .flat()
      .map(({ text = '' }) => [text].flat().join(''))
      .join('');
  const number = (name: string, pattern: RegExp) => Number(pattern.exec(printed(name))?.[1]);

  it('own-model tells its motion from others, by the flight', () => {
    // A third by chance; 21 % of the points.
    expect(number('own-model', /(\d+) % right/)).toBeGreaterThan(70);
    expect(number('own-model', /(\d+) % of what speaks/)).toBeGreaterThan(40);
    const simulated = number('own-model', /simulated ([\d.]+)/);
    expect(simulated / number('own-model', /expected ([\d.]+)/)).toBeCloseTo(1, 1);
  });

  it('simulate-train-explain loads what it has saved', () => {
    expect(printed('simulate-train-explain')).toContain('the same answers: true');
  });

  it('the network of andi_datasets errs less than the fit, and the drift is found', () => {
    const name = 'coming-from-andi-datasets-and-trackpy';
    const fit = number(name, /fit of the MSD: mean absolute error ([\d.]+)/);
    expect(number(name, /network: mean absolute error ([\d.]+)/)).toBeLessThan(fit);
    // 1.5 µm/s was simulated.
    expect(Math.abs(number(name, /found: true, ([\d.]+) µm\/s/) - 1.5)).toBeLessThan(0.1);
  });
});
