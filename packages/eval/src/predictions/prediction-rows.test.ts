import { makeReason, type Prediction, Tracks, textColumn } from '@diffusion/tracks';
import { evaluationSections } from '../report/evaluation-sections.ts';
import { comparePredictions } from './compare-predictions.ts';
import { comparisonJson } from './comparison-json.ts';
import { labelRows } from './label-rows.ts';
import { parsePredictions } from './parse-predictions.ts';
import { parseReference } from './parse-reference.ts';
import { predictionRows } from './prediction-rows.ts';
import { predictionShares } from './prediction-shares.ts';

const tracks = new Tracks({
  positions: new Float64Array(8),
  offsets: Uint32Array.of(0, 1, 2, 3, 4),
  dim: 2,
  trackColumns: {
    track: textColumn(['a,1', 'b "2"', ' c', 'd']),
    label: textColumn(['ND', 'CD', 'ND', 'CD']),
    alpha: Float64Array.of(1, 0.5, Number.NaN, 1.5),
  },
});
const short = makeReason('tooShort', { points: '1 point', least: 10 });
const still = makeReason('withinNoise', {});
const both: Prediction = {
  count: 4,
  classes: ['ND', 'CD'],
  codes: Int32Array.of(0, -1, 1, -1),
  labels: ['ND', '', 'CD', ''],
  probabilities: Float32Array.of(0.75, 0.25, NaN, NaN, 1 / 3, 2 / 3, NaN, NaN),
  values: Float32Array.of(1.1, NaN, 0.5, NaN),
  reasons: [undefined, short, undefined, still],
};

describe('predictionRows', () => {
  it('has the columns of the contract, and reads back with the kinds of the reasons', () => {
    const text = [...predictionRows(tracks, both)].join('');
    expect(text).toBe(
      'track,label,p_ND,p_CD,alpha,reason\n' +
        '"a,1",ND,0.75,0.25,1.1,\n' +
        '"b ""2""",,,,,"too short: 1 point, the model has seen 10 and more"\n' +
        '" c",CD,0.333333,0.666667,0.5,\n' +
        'd,,,,,immobile within the noise\n',
    );
    const back = parsePredictions(text);
    expect(back.reasons).toEqual(both.reasons);
    expect(back.labels).toEqual(both.labels);
    expect(back.tracks).toEqual(['a,1', 'b "2"', 'c', 'd']);
  });

  it('has the spread behind the exponent where the model says it', () => {
    const spreads = Float32Array.of(0.2, NaN, 1 / 3, NaN);
    const { count, values, reasons } = both;
    const text = [...predictionRows(tracks, { count, values, spreads, reasons })].join('');
    expect(text.split('\n').slice(0, 3)).toEqual([
      'track,alpha,alpha_spread,reason',
      '"a,1",1.1,0.2,',
      '"b ""2""",,,"too short: 1 point, the model has seen 10 and more"',
    ]);
    const back = parsePredictions(text);
    expect(back.spreads).toEqual(Float64Array.of(0.2, NaN, 0.333333, NaN));
    const truth = parseReference([...labelRows(tracks)].join(''));
    const comparison = comparePredictions(back, truth);
    // An error of 0.1; the exponent of the third track is not known.
    const spread = { count: 1, mean: 0.2, withinOne: 1, withinTwo: 1 };
    expect(comparison.exponents?.spread).toEqual(spread);
    expect(comparisonJson(comparison)).toMatchObject({ spread });
    expect(evaluationSections(comparison)[0].text?.[1]).toContain(
      'within one predicted standard deviation for 100.0',
    );
  });

  it('leaves out what was not asked for, and has the file first', () => {
    const { count, values, reasons } = both;
    const file = textColumn(['x.csv', 'x.csv', 'y.csv', 'y.csv']);
    const plain = new Tracks({ ...tracks.data, trackColumns: { file } });
    expect([...predictionRows(plain, { count, values, reasons })].join('')).toBe(
      'file,track,alpha,reason\n' +
        'x.csv,0,1.1,\n' +
        'x.csv,1,,"too short: 1 point, the model has seen 10 and more"\n' +
        'y.csv,2,0.5,\n' +
        'y.csv,3,,immobile within the noise\n',
    );
  });
});

describe('labelRows', () => {
  it('gives what parseReference reads', () => {
    const found = parseReference([...labelRows(tracks)].join(''));
    expect(found.tracks).toEqual(['a,1', 'b "2"', 'c', 'd']);
    expect(found.labels).toEqual(['ND', 'CD', 'ND', 'CD']);
    expect(found.alpha).toEqual(Float64Array.of(1, 0.5, Number.NaN, 1.5));
  });
});

describe('predictionShares', () => {
  it('counts the answers, and the reasons by their kind', () => {
    const longer = makeReason('tooShort', { points: '2 points', least: 10 });
    expect(predictionShares({ ...both, reasons: [undefined, short, undefined, longer] })).toEqual({
      judged: 2,
      classes: { ND: 1, CD: 1 },
      medianAlpha: Math.fround(1.1),
      notJudged: { 'too short': 2 },
    });
    const { count, codes, classes, reasons } = both;
    expect(predictionShares({ count, codes, classes, reasons })).toEqual({
      judged: 2,
      classes: { ND: 1, CD: 1 },
      notJudged: { 'too short': 1, 'immobile within the noise': 1 },
    });
  });
});
