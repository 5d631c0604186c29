import { draw, linesOf, textsOf } from './draw.fixture.ts';
import { learningRatePlot } from './learning-rate-plot.ts';

const rates = Array.from({ length: 41 }, (_, i) => 1e-6 * 10 ** (i / 8));
const losses = rates.map((rate) => 1 + 1 / (1 + rate / 1e-3) + (rate / 0.05) ** 2);

describe('learningRatePlot', () => {
  it('draws the loss over a logarithm of the rate, and marks the suggestion', async () => {
    const batchLosses = losses.map((loss, i) => (i === 40 ? 1e9 : loss + 0.05 * Math.sin(9 * i)));
    const svg = await draw(learningRatePlot({ rates, losses, batchLosses, suggestion: 1e-3 }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['loss', 'learning rate', '1.0e-3']));
    const [line] = linesOf(svg, '#0072b2');
    expect(line).toHaveLength(41);
    // Equal factors are equal distances.
    const steps = line.slice(1).map(([x], i) => x - line[i][0]);
    for (const step of steps) expect(step).toBeCloseTo(8, 6);
    // The mark stands where the line has that rate: 24 of 40 steps.
    const [, at] = svg.match(/<line[^>]*transform="translate\(([\d.]+),[^>]*stroke="#d55e00"/)!;
    expect(Number(at)).toBeCloseTo(192, 0);
  });

  it('draws rates alone, and a loss that does not change', async () => {
    const svg = await draw(learningRatePlot({ rates: [1e-3, 1e-2], losses: [2, 2] }));
    expect(svg).not.toContain('#d55e00"');
    expect(linesOf(svg, '#0072b2')[0]).toHaveLength(2);
  });

  it.each([
    [{ losses: [1] }, 'losses has 1 numbers: expected 41, as many as rates'],
    [{ rates: [1], losses: [1] }, 'rates has 1 numbers: expected at least 2'],
    [{ rates: [1, 1], losses: [1, 2] }, 'rates[1] is 1: expected more than 1'],
    [{ rates: [0, 1], losses: [1, 2] }, 'rates[0] is 0: expected more than 0'],
    [{ rates: [1, 2], losses: [1, Number.NaN] }, 'losses[1] is NaN: expected a finite number'],
    [{ suggestion: 5 }, 'suggestion is 5: expected 0.000001 to'],
  ])('refuses %j', (change, message) => {
    expect(() => learningRatePlot({ rates, losses, ...change })).toThrow(message);
  });
});
