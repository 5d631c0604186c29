import { renderSvg } from '../render/render-svg.ts';
import { curvesPlot } from './curves-plot.ts';
import { distributionPlot } from './distribution-plot.ts';
import { precisionRecallPlot } from './precision-recall-plot.ts';

type Datum = Record<string, never>;
interface Drawn {
  readonly data: { readonly values: readonly Datum[] };
  readonly concat: readonly Drawn[];
  readonly layer: readonly Drawn[];
}

const values = (spec: unknown, place: (spec: Drawn) => Drawn) => place(spec as Drawn).data.values;

describe('curvesPlot', () => {
  it('draws lines with intervals in panels that share their colours', async () => {
    const spec = curvesPlot({
      panels: [
        {
          title: 'MAE',
          curves: [
            {
              name: '1D',
              points: [
                { x: 10, value: 0.3, low: 0.2, high: 0.4 },
                { x: 100, value: Number.NaN },
              ],
            },
          ],
        },
        {
          title: 'F1',
          curves: [
            {
              name: '2D',
              points: [
                { x: 10, value: 0.6 },
                { x: 0, value: 0.1 },
              ],
            },
          ],
        },
      ],
      x: 'length (points)',
      logarithmic: true,
    });
    expect(values(spec, (one) => one.concat[0])).toEqual([
      { name: '1D', at: 10, value: 0.3, low: 0.2, high: 0.4 },
    ]);
    expect(values(spec, (one) => one.concat[1])).toEqual([{ name: '2D', at: 10, value: 0.6 }]);
    const svg = await renderSvg(spec);
    expect(svg).toContain('length (points)');
    expect(svg).not.toContain('NaN');
  });

  it('refuses to draw nothing', () => {
    expect(() => curvesPlot({ panels: [{ title: 'F1', curves: [] }], x: 'α' })).toThrow(
      'panels has no number',
    );
  });
});

describe('precisionRecallPlot', () => {
  it('draws the hull of the strata of each class, without what lies inside', async () => {
    const strata = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
    ].map(([recall, precision], k) => ({ name: String(k), values: [{ recall, precision }] }));
    const spec = precisionRecallPlot({
      classes: ['fbm'],
      overall: [{ recall: 0.5, precision: 0.5 }],
      strata,
    });
    const hull = values(spec, (one) => one.layer[0]).map(({ recall, precision }) => [
      recall,
      precision,
    ]);
    expect(hull).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    const svg = await renderSvg(spec);
    expect(svg).toContain('recall');
    expect(svg).toContain('>fbm<');
    expect(() => precisionRecallPlot({ classes: ['a', 'b'], overall: [], strata: [] })).toThrow(
      "'overall' has 0 entries",
    );
  });
});

describe('names of the strata', () => {
  it('do not lie over each other', () => {
    const at = (recall: number, precision: number) => [{ recall, precision }];
    const { layer } = precisionRecallPlot({
      classes: ['fbm'],
      overall: at(0.5, 0.5),
      strata: [
        { name: '10–50', values: at(0, 0) },
        { name: '50–100', values: at(0.01, 0.01) },
        { name: '100–200', values: at(1, 1) },
      ],
    }) as unknown as { layer: { data: { values: { stratum: string }[] } }[] };
    const names = (k: number) => layer[k].data.values.map(({ stratum }) => stratum);
    expect(names(1)).toEqual(['10–50', '50–100', '100–200']);
    expect(names(2)).toEqual(['10–50', '100–200']);
  });
});

describe('distributionPlot', () => {
  it('draws densities, of which each has the area 1', async () => {
    const groups = [
      { name: 'ND', values: Array.from({ length: 500 }, (_, k) => (k % 50) / 50) },
      { name: 'DM', values: [0.1, 0.9, Number.NaN] },
    ];
    const spec = distributionPlot({ groups, x: 'asymmetry', bins: 20 });
    const drawn = values(spec, (one) => one);
    const width = drawn[1].at - drawn[0].at;
    for (const { name } of groups) {
      const area =
        drawn.filter((one) => one.name === name).reduce((sum, one) => sum + one.density, 0) * width;
      expect(area).toBeCloseTo(1, 9);
    }
    expect(await renderSvg(spec)).toContain('asymmetry');
    expect(() =>
      distributionPlot({ groups: [{ name: 'a', values: [Number.NaN] }], x: 'b' }),
    ).toThrow('groups has no number');
  });
});
