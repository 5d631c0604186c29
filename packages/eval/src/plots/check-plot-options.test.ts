import { Tracks } from '@diffusion/tracks';
import * as evaluation from '../index.ts';

const tracks = new Tracks({
  positions: Array.from({ length: 32 }, (_, i) => i % 5),
  offsets: [0, 2, 4, 6, 8, 10, 12, 14, 16],
  dim: 2,
});
const any = evaluation as unknown as Record<string, (options?: unknown) => { concat?: unknown[] }>;

describe('plots called without a compiler', () => {
  it.each<[name: string, options: unknown, message: string]>([
    ['tracksPlot', undefined, 'options is undefined: expected an object; tracksPlot takes tracks'],
    ['tracksPlot', tracks, 'options is Tracks: expected an object, tracksPlot({ tracks })'],
    ['tracksPlot', {}, 'tracks is missing: tracksPlot needs tracks'],
    ['tracksPlot', { track: tracks }, 'track is an object: unknown option; did you mean tracks?'],
    ['tracksPlot', { tracks: [1] }, 'tracks is [1]: expected Tracks'],
    ['trackMapPlot', { tracks: {} }, 'tracks is an object: expected Tracks'],
    ['msdPlot', { tracks }, 'tracks is an object: unknown option; did you mean curves?'],
    ['msdPlot', {}, 'curves is missing: msdPlot needs curves, positionUnit, timeUnit'],
    ['confusionPlot', { confusion: [[1]] }, 'classes is missing: confusionPlot needs'],
    ['exponentPlot', { actual: [1] }, 'predicted is missing: exponentPlot needs actual, predicted'],
    ['curvesPlot', { panels: [], x: 'x', band: true }, 'unknown option; did you mean bands?'],
    ['precisionRecallPlot', { classes: ['ND'] }, 'overall is missing: precisionRecallPlot needs'],
    ['distributionPlot', { groups: [] }, 'x is missing: distributionPlot needs groups, x'],
    [
      'segmentsPlot',
      { track: tracks.at(0), segments: [] },
      'positionUnit is missing: segmentsPlot',
    ],
    ['segmentsPlot', { tracks }, 'tracks is an object: unknown option; did you mean track?'],
    ['imageSizesPlot', { widths: [1], heights: [1], codes: [0] }, 'classes is missing: imageSizes'],
    ['imageSizesPlot', { width: [1] }, 'width is [1]: unknown option; did you mean widths?'],
    ['sizeDistributionPlot', { bin: 3 }, 'bin is 3: unknown option; did you mean bins?'],
  ])('%s of %j says what it lacks', (name, options, message) => {
    expect(() => any[name](options)).toThrow(evaluation.EvaluationError);
    expect(() => any[name](options)).toThrow(message);
  });

  it('draws the first six tracks unless told which', () => {
    expect(any.tracksPlot({ tracks }).concat).toHaveLength(6);
    const none = new Tracks({ positions: [], offsets: [0], dim: 2 });
    expect(() => any.tracksPlot({ tracks: none })).toThrow('tracks has no track: expected');
  });

  it('draws a map of tracks without classes', () => {
    const drawn = JSON.stringify(any.trackMapPlot({ tracks }));
    expect(drawn).toContain('"label":"no class"');
  });
});
