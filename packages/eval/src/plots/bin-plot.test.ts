import { binPlot } from './bin-plot.ts';
import { draw, textsOf } from './draw.fixture.ts';

describe('binPlot', () => {
  it('draws a level per bin that has a value, and ends the bin without end', async () => {
    const spec = binPlot({
      bins: [
        { from: 10, to: 20, value: 0.5 },
        { from: 20, to: 50, value: Number.NaN },
        { from: 50, to: Infinity, value: 0.8 },
      ],
      x: 'length (points)',
      y: 'accuracy',
      logarithmic: true,
    });
    expect((spec as { data: { values: unknown } }).data.values).toEqual([
      { from: 10, to: 20, value: 0.5 },
      { from: 50, to: 150, value: 0.8 },
    ]);
    const svg = await draw(spec);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['length (points)', 'accuracy']));
    expect(svg.match(/<line[^>]* stroke="#0072b2"/g)).toHaveLength(2);
  });
});
