import { readdirSync, readFileSync } from 'node:fs';
import { confusionPlot } from '../plots/confusion-plot.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { renderSvg } from './render-svg.ts';

describe('renderSvg', () => {
  it('draws the same text every time, with coordinates of two decimals', async () => {
    const spec = confusionPlot({
      confusion: [
        [2, 1],
        [0, 3],
      ],
      classes: ['<a>', 'b'],
    });
    const svg = await renderSvg(spec);
    expect(await renderSvg(spec)).toBe(svg);
    expect(svg).toContain('&lt;a&gt;');
    for (const [, path] of svg.matchAll(/ (?:d|transform)="([^"]*)"/g)) {
      expect(path).not.toMatch(/\.\d{3}/);
    }
  });

  it('draws the same in a page, where expressions are interpreted', async () => {
    const spec = intervalPlot({
      rows: [{ label: 'a', value: 0.2, interval: [0.1, 0.4], code: 0 }],
      title: 'share',
      domain: [0, 1],
      format: '.0%',
    });
    const svg = await renderSvg(spec);
    const { process } = globalThis;
    const { Function: made } = globalThis;
    try {
      Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true });
      globalThis.Function = (() => {
        throw new EvalError('a text was made code');
      }) as unknown as FunctionConstructor;
      expect(await renderSvg(spec)).toBe(svg);
    } finally {
      globalThis.Function = made;
      Object.defineProperty(globalThis, 'process', { value: process, configurable: true });
    }
  });

  it('rejects what is no specification', async () => {
    await expect(renderSvg({} as never)).rejects.toThrow();
  });

  it('is the only file that loads vega, and only when it is called', () => {
    const root = new URL('../', import.meta.url);
    const loading = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test|\.fixture)\.ts$/.test(name))
      .filter((name) =>
        /^import (?!type ).*'vega|import\('vega/m.test(readFileSync(new URL(name, root), 'utf8')),
      );
    expect(loading).toEqual(['render/render-svg.ts']);
    const source = readFileSync(new URL('render-svg.ts', import.meta.url), 'utf8');
    expect(source).not.toMatch(/^import .*'vega/m);
  });
});
