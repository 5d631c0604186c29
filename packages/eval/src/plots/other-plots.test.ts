import { calibration } from '../metrics/calibration.ts';
import { classSharesPlot } from './class-shares-plot.ts';
import { confidencePlot } from './confidence-plot.ts';
import { draw, linesOf, textsOf } from './draw.fixture.ts';
import { exponentPlot } from './exponent-plot.ts';
import { learningCurvePlot } from './learning-curve-plot.ts';
import { lengthsPlot } from './lengths-plot.ts';
import { classColor, UNJUDGED_COLOR } from './palette.ts';
import { reliabilityPlot } from './reliability-plot.ts';

/** The rows that a specification draws, from its first data. */
const rowsOf = (spec: unknown) =>
  (spec as { data: { values: Record<string, number>[] } }).data.values;

describe('learningCurvePlot', () => {
  const history = [
    { epoch: 1, loss: 1, validationLoss: 1.1, accuracy: 0.5, validationAccuracy: 0.4 },
    { epoch: 2, loss: 0.5, validationLoss: 0.7, accuracy: 0.8, validationAccuracy: Number.NaN },
  ];

  it('draws loss and accuracy, training and validation, and leaves out what was not measured', async () => {
    const svg = await draw(learningCurvePlot(history));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['loss', 'accuracy', 'epoch', 'training', 'validation']),
    );
    expect(
      linesOf(svg, '#0072b2')
        .map((line) => line.length)
        .filter((n) => n > 1),
    ).toEqual([2]);
  });

  it('draws loss alone, and a single epoch', async () => {
    const svg = await draw(learningCurvePlot([{ epoch: 1, loss: 1 }]));
    expect(textsOf(svg)).not.toContain('accuracy');
  });

  it('draws the error of exponents, and the learning rate in a picture of its own', async () => {
    const svg = await draw(
      learningCurvePlot([
        { epoch: 1, loss: 1, mae: 0.4, validationMae: 0.3, learningRate: 0.01 },
        { epoch: 2, loss: 0.5, mae: 0.3, validationMae: 0.2, learningRate: 0.001 },
      ]),
    );
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['loss', 'error of α', 'learning rate', 'training', 'validation']),
    );
    expect(textsOf(svg)).not.toContain('accuracy');
    // Below the legend, which is of the pictures above it.
    expect(svg).toMatch(/learning rate: 0\.01;[^>]* d="M0,0L320,130" stroke="#009e73"/);
  });

  it('refuses a history of nothing', () => {
    expect(() => learningCurvePlot([{ epoch: 1 }])).toThrow('history has no loss and no accuracy');
  });
});

describe('reliabilityPlot', () => {
  it('draws filled bins alone', async () => {
    const bins = calibration({
      actual: [0, 1],
      predicted: [0, 0],
      probabilities: [0.9, 0.1, 0.6, 0.4],
      classes: 2,
    });
    const svg = await draw(reliabilityPlot(bins));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['accuracy', 'confidence', 'tracks']));
    expect(linesOf(svg, '#0072b2')[0]).toHaveLength(2);
  });
});

describe('confidencePlot', () => {
  it('stacks the classes and leaves unjudged tracks out', async () => {
    const spec = confidencePlot({
      predicted: [0, 1, -1, 1],
      probabilities: [0.92, 0.08, 0.07, 0.93, 0.5, 0.5, 0.4, 0.6],
      classes: ['ND', 'CD'],
    });
    expect(rowsOf(spec)).toEqual([
      { label: 'ND', from: 0.9, to: 0.95, bottom: 0, top: 1 },
      { label: 'CD', from: 0.6, to: 0.65, bottom: 0, top: 1 },
      { label: 'CD', from: 0.9, to: 0.95, bottom: 1, top: 2 },
    ]);
    expect(textsOf(await draw(spec))).toContain('confidence');
  });
});

describe('classSharesPlot', () => {
  it('gives counts and shares of all tracks, in the colours of the classes', async () => {
    const svg = await draw(classSharesPlot({ classes: ['ND', 'CD'], counts: [3, 0], unjudged: 1 }));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['3 (75.0 %)', '0 (0.0 %)', '1 (25.0 %)', 'unjudged']),
    );
    expect(svg).toContain(classColor(0));
    expect(svg).toContain(UNJUDGED_COLOR);
  });

  it('draws no bars for no tracks', async () => {
    expect(textsOf(await draw(classSharesPlot({ classes: ['ND'], counts: [0] })))).toContain('0');
  });
});

describe('lengthsPlot', () => {
  it.each([
    ['few values', [10, 10, 12]],
    ['one value', [5]],
    ['a wide range', [1, 1, 2, 3, 70, 5000]],
    ['a thousand to ten million', [1000, 1e7]],
  ])('counts every track once: %s', async (_, lengths) => {
    const spec = lengthsPlot(lengths);
    const bars = rowsOf(spec);
    expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(lengths.length);
    for (const bar of bars) {
      expect(lengths.filter((n) => n >= bar.from && n < bar.to)).toHaveLength(bar.count);
    }
    expect(textsOf(await draw(spec))).toContain('length (points)');
  });

  it('refuses no tracks, and tracks of no point', () => {
    expect(() => lengthsPlot([])).toThrow('lengths is empty');
    expect(() => lengthsPlot([3, 0])).toThrow('lengths[1] is 0: expected at least 1 point');
  });
});

describe('exponentPlot', () => {
  it('has one scale for true and predicted, counts per cell, and leaves unjudged tracks out', async () => {
    const spec = exponentPlot({ actual: [0.5, 0.5, 1.5], predicted: [0.7, 0.71, Number.NaN] });
    const svg = await draw(spec);
    expect(svg.match(/fill="#0072b2"/g)).toHaveLength(1);
    const [[a, b]] = linesOf(svg, 'currentColor').filter((line) => line.length === 2);
    expect(b[0] - a[0]).toBeCloseTo(a[1] - b[1], 1);
  });
});
