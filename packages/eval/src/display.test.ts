import { inspect } from 'node:util';
import { estimateMotion, features, featureTable, motionEstimates } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { selectTracks } from '@diffusion/tracks';
import { bundleFor } from '@diffusion/tracks/display';
import {
  classificationMetrics,
  confusionPlot,
  lengthsPlot,
  regressionMetrics,
  tracksPlot,
} from './index.ts';
import { renderSvg } from './render/index.ts';

const tracks = simulate({
  model: 'directed',
  speed: 1,
  count: 40,
  length: 30,
  dim: 2,
  seed: 1,
  sigma: 0.1,
});
const inUnits = simulate({
  ...{ model: 'brownian', D: 1, count: 2, length: 30, dim: 2, seed: 1, sigma: 0.1 },
  ...{ dt: 0.03, timeUnit: 's', positionUnit: 'µm' },
});
const classes = ['ND', 'DM', 'CD'];
const actual = Array.from({ length: 60 }, (_, i) => i % 3);
const predicted = actual.map((code, i) => (i % 7 === 0 ? -1 : i % 5 === 0 ? (code + 1) % 3 : code));
const metrics = classificationMetrics({ actual, predicted, classes });

/** Values of the public functions, and something that is seen of each in text and in HTML. */
const shown: [string, () => object, string][] = [
  ['tracks', () => tracks, '40 tracks in 2D'],
  ['features', () => features(tracks), 'features of 40 tracks'],
  [
    'a table of features',
    () => featureTable(tracks, features(tracks, { names: ['alpha'] })),
    'alpha',
  ],
  ['estimates', () => motionEstimates(tracks), '95 % intervals'],
  [
    'estimates of tracks in µm and s',
    () => motionEstimates(inUnits, { model: 'directed' }),
    'D (µm²/s^α)',
  ],
  [
    'estimates of directed motion',
    () => motionEstimates(selectTracks(tracks, [0, 1]), { model: 'directed' }),
    'speed',
  ],
  ['an estimate', () => estimateMotion(tracks.at(0)), 'estimate of a track'],
  ['metrics of classes', () => metrics, 'as DM'],
  [
    'metrics of exponents',
    () => regressionMetrics({ actual: [1, 0.5], predicted: [1, 0.7] }),
    'rmse',
  ],
];

describe('in a notebook and at the console', () => {
  it.each(shown)('%s show themselves', async (_, make, seen) => {
    const value = make();
    const text = inspect(value);
    expect(text).toContain(seen);
    expect(text.split('\n').length).toBeLessThanOrEqual(20);
    const bundle = await bundleFor(value);
    expect(bundle?.['text/plain']).toBe(text);
    expect(bundle?.['text/html']).toContain('<table>');
    expect(bundle?.['text/html']).toContain(seen);
    // Nothing of it is seen by what copies, compares or writes a value.
    expect(Reflect.ownKeys({ ...value }).filter((key) => typeof key === 'symbol')).toEqual([]);
    if (!(value instanceof Map)) expect(JSON.stringify(value)).toBe(JSON.stringify(copyOf(value)));
  });

  it('tells no interval that is not known', () => {
    const text = inspect(estimateMotion(tracks.at(0)));
    expect(text).toMatch(/^ {2}σ +[\d.]+$/m);
    expect(text).not.toContain('NaN');
  });

  const copyOf = (value: object): object => (Array.isArray(value) ? [...value] : { ...value });

  it.each([
    ['confusionPlot', () => confusionPlot({ confusion: metrics.confusion, classes })],
    ['lengthsPlot', () => lengthsPlot(tracks.lengths())],
    ['tracksPlot', () => tracksPlot({ tracks, rows: [0, 1] })],
  ])('%s is drawn by vega-lite', async (_, make) => {
    const plot = make();
    expect(inspect(plot)).toMatch(/^plot \(vega-lite\): /);
    const bundle = await bundleFor(plot);
    const spec = bundle?.['application/vnd.vegalite.v5+json'] as Record<string, unknown>;
    expect(spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v5.json');
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    // What is drawn is the same picture.
    const { $schema: _a, usermeta: _b, ...same } = spec;
    const { $schema: _c, ...own } = plot as unknown as Record<string, unknown>;
    expect(same).toEqual(own);
    expect(await renderSvg(spec as never)).toBe(await renderSvg(plot));
  });
});
