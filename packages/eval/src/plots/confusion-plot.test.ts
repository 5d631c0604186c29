import { confusionPlot } from './confusion-plot.ts';
import { draw, textsOf } from './draw.fixture.ts';

describe('confusionPlot', () => {
  it('shades and labels by the share of the row, with the counts', async () => {
    const svg = await draw(
      confusionPlot({
        confusion: [
          [6, 2, 0],
          [0, 1, 0],
          [0, 0, 0],
        ],
        classes: ['ND', 'DM', 'CD'],
      }),
    );
    const texts = textsOf(svg);
    expect(texts.slice(texts.indexOf('75 %'), texts.indexOf('75 %') + 3)).toEqual([
      '75 %',
      '25 %',
      '0 %',
    ]);
    expect(texts).toEqual(
      expect.arrayContaining(['(6)', '(2)', '100 %', 'true', 'predicted', '–']),
    );
    const shades = Array.from(svg.matchAll(/fill="#0072b2" fill-opacity="([\d.]+)"/g), ([, s]) =>
      Number(s),
    );
    expect(shades).toEqual([0.5625, 0.1875, 0, 0, 0.75, 0, 0, 0, 0]);
  });

  it('has its numbers in a colour that can be read on every shade, on the paper of reports', async () => {
    const row = Array.from({ length: 21 }, (_, i) => i);
    const confusion = row.map((i) => [i, 20 - i]);
    const svg = await draw(confusionPlot({ confusion, classes: row.map(String) }));
    const shades = Array.from(svg.matchAll(/fill="#0072b2" fill-opacity="([\d.]+)"/g), ([, s]) =>
      Number(s),
    );
    expect(new Set(shades).size).toBe(21);
    const inks = Array.from(svg.matchAll(/<text[^>]* fill="([^"]*)"/g), ([, ink]) => ink);
    expect(new Set(inks)).toEqual(new Set(['currentColor']));
    const light = (rgb: readonly number[]) => {
      const [r, g, b] = rgb.map((v) =>
        v <= 10.3 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const blue = [0x00, 0x72, 0xb2];
    for (const [paper, ink] of [
      [
        [0xff, 0xff, 0xff],
        [0x1c, 0x1e, 0x21],
      ],
      [
        [0x16, 0x18, 0x1c],
        [0xe4, 0xe6, 0xea],
      ],
    ]) {
      for (const shade of shades) {
        const [a, b] = [light(paper.map((v, k) => (1 - shade) * v + shade * blue[k])), light(ink)];
        expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5);
      }
    }
  });

  it('says what rows and columns are where neither is the truth', () => {
    const of = (titles?: { rows: string; columns: string }) => {
      const spec = JSON.stringify(confusionPlot({ confusion: [[1]], classes: ['ND'], titles }));
      return [spec.includes('"title":"true"'), spec.includes('"title":"boosting"')];
    };
    expect(of()).toEqual([true, false]);
    expect(of({ rows: 'boosting', columns: 'MAX' })).toEqual([false, true]);
  });
});
