import { classScoresPlot } from './class-scores-plot.ts';
import { draw, textsOf } from './draw.fixture.ts';
import { imageSizesPlot, sizeDistributionPlot } from './image-sizes-plot.ts';
import { CLASS_COLORS } from './palette.ts';

const classes = ['full', 'empty'];
const sizes = {
  widths: [60, 64, 70, 100, 62, 61],
  heights: [61, 66, 72, 104, 60, 62],
  codes: [0, 0, 0, 0, 1, 1],
  classes,
};

describe('imageSizesPlot', () => {
  it('draws a point for each image in the colour of its class, the rarest on top', async () => {
    const svg = await draw(imageSizesPlot(sizes));
    const points = svg.split('role-legend')[0];
    expect(points.split(`stroke="${CLASS_COLORS[0]}"`)).toHaveLength(5);
    expect(points.split(`stroke="${CLASS_COLORS[1]}"`)).toHaveLength(3);
    expect(points.lastIndexOf(CLASS_COLORS[0])).toBeLessThan(points.indexOf(CLASS_COLORS[1]));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['width (pixels)', 'height (pixels)', ...classes]),
    );
  });

  it('draws no more of a class than it is told', async () => {
    const few = (await draw(imageSizesPlot({ ...sizes, maxPoints: 2 }))).split('role-legend')[0];
    for (const color of CLASS_COLORS.slice(0, 2)) {
      expect(few.split(`stroke="${color}"`)).toHaveLength(3);
    }
  });

  it.each([
    [{ widths: [1] }, 'widths has 1 numbers: expected one per code, 6'],
    [{ codes: [0, 0, 0, 0, 1, 2] }, 'codes[5] is 2: expected a class code, 0 to 1'],
    [{ heights: [61, 66, 0, 104, 60, 62] }, 'heights[2] is 0: expected a size in pixels above 0'],
    [{ widths: [], heights: [], codes: [] }, 'codes is empty'],
  ])('refuses %j', (change, message) => {
    for (const plot of [imageSizesPlot, sizeDistributionPlot]) {
      expect(() => plot({ ...sizes, ...change })).toThrow(message);
    }
  });
});

describe('sizeDistributionPlot', () => {
  it('has the shares of each class by size', async () => {
    const spec = sizeDistributionPlot({ ...sizes, bins: 4 });
    const { values } = (spec as unknown as { data: { values: Record<string, number>[] } }).data;
    const shares = (label: string) =>
      values.filter((bin) => String(bin.label).startsWith(label)).map(({ share }) => share);
    expect(shares('full')).toEqual([0.5, 0.25, 0, 0.25]);
    expect(shares('empty')).toEqual([1, 0, 0, 0]);
    expect(textsOf(await draw(spec))).toEqual(expect.arrayContaining(['full (4)', 'empty (2)']));
  });

  it('stands images of one size', async () => {
    const even = { widths: [28, 28], heights: [28, 28], codes: [0, 1], classes };
    await draw(sizeDistributionPlot(even));
    await draw(imageSizesPlot(even));
  });
});

describe('classScoresPlot', () => {
  const models = [
    {
      name: 'LipNet-4',
      values: [0.87, 0.61],
      intervals: [
        [0.85, 0.89],
        [0.5, 1.1],
      ] as const,
    },
    { name: 'SVM', values: [0.87, Number.NaN] },
  ];

  it('draws a dot per class and model and a bar where there is an interval', async () => {
    const svg = await draw(
      classScoresPlot({ classes, panels: [{ title: 'F1(TPR, TNR)', models }] }),
    );
    const marks = svg.split('role-legend')[0];
    expect(marks.match(/aria-roledescription="circle"/g)).toHaveLength(3);
    expect(marks.match(/<line[^>]* stroke="#0072b2"/g)).toHaveLength(2);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['F1(TPR, TNR)', 'full', 'empty', 'LipNet-4', 'SVM']),
    );
  });

  it('draws several panels with one legend', async () => {
    const panels = ['TPR', 'TNR', 'PPV', 'NPV'].map((title) => ({ title, models }));
    const svg = await draw(classScoresPlot({ classes, panels }));
    expect(textsOf(svg).filter((text) => text === 'SVM')).toHaveLength(1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['TPR', 'TNR', 'PPV', 'NPV']));
    const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
    expect(width).toBeLessThan(390);
  });

  it('refuses what does not fit', () => {
    const panels = [{ title: 'TPR', models: [{ name: 'a', values: [1] }] }];
    expect(() => classScoresPlot({ classes, panels })).toThrow(
      "values of 'a' has 1 entries: expected one per class, 2",
    );
    expect(() => classScoresPlot({ classes, panels: [] })).toThrow('panels has no model');
  });
});
