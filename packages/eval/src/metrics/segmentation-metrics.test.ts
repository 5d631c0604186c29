import { parseAndi2Answers } from '../segments/andi2-answers.ts';
import { andi2Oracle, type ScoredCase } from './andi2.fixture.ts';
import { experimentsMean } from './experiments-mean.ts';
import { frameMetrics } from './frame-metrics.ts';
import { segmentationMetrics } from './segmentation-metrics.ts';

const inputOf = (lines: ScoredCase) => {
  const truth = parseAndi2Answers(lines.actual.join('\n'), 'true');
  const said = new Map(
    parseAndi2Answers(lines.predicted.join('\n'), 'said').map(({ track, segments }) => [
      track,
      segments,
    ]),
  );
  return {
    actual: truth.map(({ segments }) => segments),
    predicted: truth.map(({ track }) => said.get(track)),
  };
};

const NAMES = ['rmseChange', 'jaccard', 'maeAlpha', 'msleDiffusion', 'f1State'] as const;

describe('segmentationMetrics', () => {
  it.each(andi2Oracle.experiments)('says what the program says of $name', (each) => {
    const found = segmentationMetrics(inputOf(each));
    for (const name of NAMES) expect(found[name]).toBeCloseTo(each[name], 10);
    expect(found.tracks).toBe(each.actual.length);
    expect(found.missing).toBe(each.actual.length - each.predicted.length);
  });

  it('and of several experiments', () => {
    const each = andi2Oracle.experiments
      .slice(0, 4)
      .map((one) => segmentationMetrics(inputOf(one)));
    const mean = experimentsMean(each);
    for (const name of NAMES) expect(mean[name]).toBeCloseTo(andi2Oracle.mean[name], 10);
    expect([mean.tracks, mean.missing]).toEqual([132, 3]);
    expect(() => experimentsMean([])).toThrow('experiments is empty');
  });

  const one = { to: 10, alpha: 1, diffusion: 1, state: 'free' };

  it('refuses what does not fit', () => {
    expect(() => segmentationMetrics({ actual: [[one]], predicted: [] })).toThrow(
      'predicted has 0 tracks: expected as many as actual, 1',
    );
    expect(() => segmentationMetrics({ actual: [[]], predicted: [[one]] })).toThrow(
      'actual[0] has no segment',
    );
    expect(() => segmentationMetrics({ actual: [[one]], predicted: [[one, one]] })).toThrow(
      'predicted[0][1].to is 10: expected a whole number above 10',
    );
  });
});

describe('frameMetrics', () => {
  const half = { to: 50, alpha: 1, diffusion: Math.E - 1, state: 'free' };
  const rest = { to: 100, alpha: 0.4, diffusion: 0, state: 'immobile' };

  it('weighs every frame, whatever is said', () => {
    const found = frameMetrics({ actual: [[half, rest]], predicted: [[{ ...half, to: 100 }]] });
    expect(found.frames).toBe(100);
    expect(found.maeAlpha).toBeCloseTo(0.3, 12);
    expect(found.msleDiffusion).toBeCloseTo(0.5, 9);
    expect(found.stateAccuracy).toBe(0.5);
    const moved = frameMetrics({
      actual: [[half, rest]],
      predicted: [[{ ...half, to: 60 }, rest]],
    });
    expect(moved.maeAlpha).toBeCloseTo(0.06, 12);
    expect(moved.stateAccuracy).toBeCloseTo(0.9, 12);
  });

  it('gives silence the largest errors', () => {
    const none = frameMetrics({ actual: [[half], [half]], predicted: [[half], undefined] });
    expect(none.maeAlpha).toBe(1);
    expect(none.stateAccuracy).toBe(0.5);
    expect(none.msleDiffusion).toBeGreaterThan(10);
    const short = frameMetrics({ actual: [[half]], predicted: [[{ ...half, to: 25 }]] });
    expect(short.maeAlpha).toBe(1);
  });
});
