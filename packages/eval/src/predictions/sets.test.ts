import { makeReason, type Prediction, ReadError, Tracks } from '@diffusion/tracks';
import { evaluationSections } from '../report/evaluation-sections.ts';
import { predictionSections } from '../report/prediction-sections.ts';
import { comparePredictions } from './compare-predictions.ts';
import { comparisonJson } from './comparison-json.ts';
import { parsePredictions } from './parse-predictions.ts';
import { parseReference } from './parse-reference.ts';
import { predictionRows } from './prediction-rows.ts';
import { predictionShares } from './prediction-shares.ts';

const classes = ['a', 'b', 'c'];
const tracks = new Tracks({
  positions: Float64Array.from({ length: 16 }, (_, i) => i),
  offsets: Uint32Array.of(0, 2, 4, 6, 8),
  dim: 2,
});
const prediction: Prediction = {
  count: 4,
  classes,
  codes: Int32Array.of(0, -1, -1, -1),
  labels: ['a', '', '', ''],
  probabilities: Float32Array.of(0.75, 0.25, 0, 0.5, 0.25, 0.25, NaN, NaN, NaN, 0, 0.5, 0.5),
  sets: Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1),
  reasons: [undefined, undefined, makeReason('neverMoves', {}), undefined],
};
const text = [...predictionRows(tracks, prediction)].join('');
const reference = 'track,label,length\n0,a,5\n1,b,30\n2,b,30\n3,c,30\n';

describe('sets in a file of predictions', () => {
  it('stand behind the probabilities, and are read back', () => {
    expect(text).toBe(
      'track,label,p_a,p_b,p_c,set,reason\n' +
        '0,a,0.75,0.25,0,a,\n' +
        '1,,0.5,0.25,0.25,a|c,\n' +
        '2,,,,,,immobile: the track never moves\n' +
        '3,,0,0.5,0.5,b|c,\n',
    );
    const back = parsePredictions(text);
    expect(back.sets).toEqual(prediction.sets);
    expect(back.labels).toEqual(prediction.labels);
    expect(parsePredictions('track,label,p_a,p_b\n1,a,0.5,0.5\n').sets).toBeUndefined();
  });

  it.each([
    ['1,,0.5,0.5,a|d', 'is "a|d": expected different ones of "a", "b", with | between them'],
    ['1,,0.5,0.5,a|a', 'is "a|a": expected different ones of "a", "b", with | between them'],
    ['1,b,0.5,0.5,a', 'is "a": expected "b", the label of the row'],
    ['1,a,0.5,0.5,a|b', 'is "a|b": expected "a", the label of the row'],
    ['1,,0.5,0.5,a', 'is "a": expected several classes or none, as the row has no label'],
    ['1,,,0.5,a|b', 'is empty: expected a probability, 0 to 1, as the row has a set'],
    ['1,,0.9,0.9,a|b', 'the probabilities sum to 1.800: expected 1'],
  ])('are refused in %s', (row, message) => {
    const read = () => parsePredictions(`track,label,p_a,p_b,set\n${row}\n`, 'p.csv');
    expect(read).toThrow(ReadError);
    expect(read).toThrow(message);
  });

  it('are counted', () => {
    expect(predictionShares(prediction)).toEqual({
      judged: 3,
      classes: { a: 1, b: 0, c: 0 },
      sets: { 'a|c': 1, 'b|c': 1 },
      notJudged: { 'immobile within the noise': 1 },
    });
  });

  it('are compared with what is true, by length', () => {
    const comparison = comparePredictions(parsePredictions(text), parseReference(reference));
    const { metrics, byLength, calibration } = comparison.classification!;
    expect(metrics).toMatchObject({
      unjudged: 1,
      undecided: 2,
      accuracy: 1,
      sets: { count: 3, coverage: 2 / 3, meanSize: 5 / 3, bestAccuracy: 1 / 3 },
    });
    expect(byLength).toMatchObject([
      { from: 1, count: 1, setCoverage: 1, meanSetSize: 1 },
      { from: 20, count: 3, setCoverage: 0.5, meanSetSize: 2 },
    ]);
    // Of every track with a set: the most probable class.
    expect(calibration!.bins.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(comparisonJson(comparison)).toMatchObject({
      undecided: 2,
      sets: { sizes: [1, 2, 0] },
      accuracyByLength: [{ setCoverage: 1 }, { setCoverage: 0.5 }],
    });
    const told = JSON.stringify(evaluationSections(comparison));
    expect(told).toContain('2 of 4 tracks are undecided');
    expect(told).toContain('Sets by length');
  });

  it('are told in the report of a file', () => {
    const sections = predictionSections({
      source: 'cells.csv',
      tracks,
      classes,
      predicted: prediction.codes!,
      probabilities: prediction.probabilities,
      sets: prediction.sets,
      reasons: prediction.reasons,
    });
    const told = JSON.stringify(sections);
    expect(told).toContain('2 tracks of 4 are undecided');
    expect(told).toContain('1 track of 4 got no class');
    expect(told).toContain('["1","a or c"]');
    expect(told).toContain(
      'several classes are possible, and the colour is that of the most probable',
    );
    // The reason of the one track is no reason of the undecided.
    expect(told).not.toContain('no reason given');
  });
});
