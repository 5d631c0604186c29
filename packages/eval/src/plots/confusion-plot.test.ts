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
    expect(shades).toEqual([0.75, 0.25, 0, 0, 1, 0, 0, 0, 0]);
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
