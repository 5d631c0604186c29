import { referenceText } from '../../../../fixtures/reference.ts';
import { comparePredictions } from './compare-predictions.ts';
import { comparisonJson } from './comparison-json.ts';
import { parsePredictions } from './parse-predictions.ts';
import { parseReference } from './parse-reference.ts';

const compare = (predictions: string, reference: string) =>
  comparePredictions(parsePredictions(predictions, 'p.csv'), parseReference(reference, 'r.csv'));

describe('comparePredictions', () => {
  it('matches by track, whatever the order', () => {
    const { classification } = compare(
      'track,label,reason\n3,CD,\n1,ND,\n2,CD,\n5,,too short\n',
      'track,label\n5,ND\n1,ND\n2,ND\n3,CD\n',
    );
    expect(classification?.classes).toEqual(['CD', 'ND']);
    expect(classification?.metrics.confusion).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(classification?.metrics.unjudged).toBe(1);
    expect(classification?.metrics.accuracyOfAll).toBe(0.5);
    expect(classification?.calibration).toBeUndefined();
  });

  it('keeps the classes in the order of the probabilities, and computes log loss and calibration', () => {
    const { classification } = compare(
      'track,label,p_ND,p_CD,reason\n1,ND,0.5,0.5,\n2,CD,0.25,0.75,\n3,,,,immobile\n',
      'track,label\n1,ND\n2,ND\n3,CD\n',
    );
    expect(classification?.classes).toEqual(['ND', 'CD']);
    expect(classification?.metrics.logLoss).toBeCloseTo(-(Math.log(0.5) + Math.log(0.25)) / 2, 14);
    expect(classification?.calibration?.error).toBeCloseTo((0.5 + 0.75) / 2, 14);
  });

  it('counts a class that the classifier does not know against it, without log loss', () => {
    const { classification } = compare(
      'track,label,p_ND,p_CD\n1,ND,0.5,0.5\n2,CD,0.25,0.75\n',
      'track,label\n1,immobile\n2,CD\n',
    );
    expect(classification?.classes).toEqual(['ND', 'CD', 'immobile']);
    expect(classification?.metrics.accuracy).toBe(0.5);
    expect(classification && 'logLoss' in classification.metrics).toBe(false);
  });

  it('takes labels in other case, and refuses a reference of other classes', () => {
    const predictions = 'track,label,p_fbm,p_levy-walk\n1,fbm,1,0\n2,levy-walk,0,1\n';
    const { classification } = compare(predictions, 'track,label\n1,FBM\n2,LW\n');
    expect(classification?.metrics.accuracy).toBe(1);
    expect(() => compare(predictions, 'track,label\n1,ND\n2,CD\n')).toThrow(
      'r.csv: the labels (ND, CD) are none of the classes of p.csv: expected fbm, levy-walk',
    );
  });

  it('matches by file and track where both have files', () => {
    const { classification } = compare(
      'file,track,label\na,1,ND\nb,1,CD\n',
      'track,file,label\n1,b,CD\n1,a,ND\n',
    );
    expect(classification?.metrics.accuracy).toBe(1);
  });

  it('takes one file in one of them alone, and refuses two', () => {
    expect(compare('file,track,label\na,1,ND\n', 'track,label\n1,ND\n').count).toBe(1);
    expect(() => compare('file,track,label\na,1,ND\nb,1,ND\n', 'track,label\n1,ND\n')).toThrow(
      'p.csv, line 3, column file: is "b", a second file: expected a column file in r.csv too',
    );
  });

  it('compares exponents with a CSV, by exponent and by length', () => {
    const { exponents, classification } = compare(
      'track,alpha,reason\n1,0.5,\n2,,immobile\n3,1.9,\n',
      'track,alpha,length\n1,0.4,12\n2,1,30\n3,2,600\n',
    );
    expect(classification).toBeUndefined();
    expect(exponents?.metrics.mae).toBeCloseTo(0.1, 12);
    expect(exponents?.metrics.bias).toBeCloseTo(0, 12);
    expect(exponents?.metrics.unjudged).toBe(1);
    expect(exponents?.byExponent.map(({ from, count }) => [from, count])).toEqual([
      [0.25, 1],
      [1, 1],
      [1.75, 1],
    ]);
    expect(exponents?.byLength?.map(({ from, to }) => [from, to])).toEqual([
      [10, 20],
      [20, 50],
      [500, 1000],
    ]);
  });

  it('compares with an AnDi file: codes as labels, in the words of the predictions', () => {
    const truth = '1.0;3.0\n1.0;2.0\n1.0;0.0\n';
    for (const [lw, fbm, attm] of [
      ['levy-walk', 'fbm', 'attm'],
      ['LW', 'FBM', 'ATTM'],
      ['3', '2', '0'],
    ]) {
      const { classification } = compare(`track,label\n0,${lw}\n1,${fbm}\n2,${attm}\n`, truth);
      expect(classification?.metrics.accuracy).toBe(1);
    }
    expect(() => compare('track,label\n0,FBM\n', '1.0;0.5\n')).toThrow(
      'r.csv, line 1, column 2: is 0.5: expected a label code, 0 to 4',
    );
  });

  it('compares with an AnDi file: exponents, also for predictions of both', () => {
    expect(compare('track,alpha\n0,0.6\n', '1.0;0.5\n').exponents?.metrics.mae).toBeCloseTo(
      0.1,
      12,
    );
    const both = 'track,label,alpha\n0,FBM,0.6\n1,LW,1.5\n';
    const alpha = compare(both, '1.0;0.5\n1.0;1.5\n');
    expect([alpha.classification, alpha.exponents?.metrics.count]).toEqual([undefined, 2]);
    const labels = compare(both, '1.0;2.0\n1.0;3.0\n');
    expect([labels.classification?.metrics.accuracy, labels.exponents]).toEqual([1, undefined]);
  });

  it('compares labels and exponents at once, leaving out tracks without a true one', () => {
    const found = compare(
      'track,label,alpha\n1,ND,1.1\n2,CD,0.6\n',
      'track,label,alpha\n1,ND,\n2,,0.5\n',
    );
    expect(found.classification?.metrics.count).toBe(1);
    expect(found.exponents?.metrics.count).toBe(1);
  });

  it('counts the reasons', () => {
    const found = compare(
      'track,label,reason\n1,,a\n2,ND,b\n3,,b\n',
      'track,label\n1,ND\n2,ND\n3,ND\n',
    );
    expect(found.reasons).toEqual([
      { kind: 'other', reason: 'b', count: 2 },
      { kind: 'other', reason: 'a', count: 1 },
    ]);
  });

  it.each([
    [
      'missing',
      '1,ND\n',
      '1,ND\n2,CD\n',
      'r.csv, line 3: track 2 has no row in p.csv: expected each track once in both files',
    ],
    ['extra', '1,ND\n9,ND\n', '1,ND\n', 'p.csv, line 3: track 9 is not in r.csv'],
    [
      'twice predicted',
      '1,ND\n1,CD\n',
      '1,ND\n',
      'p.csv, line 3: track 1 is there already, on line 2',
    ],
    [
      'twice in the reference',
      '1,ND\n',
      '1,ND\n1,ND\n',
      'r.csv, line 3: track 1 is there already, on line 2',
    ],
    [
      'all at once',
      '1,ND\n1,ND\n3,ND\n',
      '1,ND\n2,ND\n',
      '(in all 1 duplicate, 1 extra, 1 missing)',
    ],
  ])('refuses rows that do not match: %s', (_, predictions, reference, message) => {
    expect(() => compare(`track,label\n${predictions}`, `track,label\n${reference}`)).toThrow(
      message,
    );
  });

  it('refuses files with nothing in common to compare', () => {
    expect(() => compare('track,alpha\n1,1\n', 'track,label\n1,ND\n')).toThrow(
      'r.csv: there is no alpha to compare with those of p.csv: expected a column alpha',
    );
  });

  // The means were computed from the files by another program.
  it.each([
    [1, 0.4785],
    [2, 0.49425],
    [3, 0.47625],
  ])('gives the mean |α − 1| of the AnDi answers in %iD for the answer 1', (dim, mean) => {
    const rows = Array.from({ length: 200 }, (_, row) => `${row},1,`).join('\n');
    const truth = referenceText(`andi/ref1_${dim}d.txt.gz`);
    const { exponents } = compare(`track,alpha,reason\n${rows}\n`, truth);
    expect(exponents?.metrics.count).toBe(200);
    expect(exponents?.metrics.mae).toBeCloseTo(mean, 12);
  });
});

describe('comparisonJson', () => {
  it('has the keys that scripts rely on, null for what is undefined', () => {
    const json = comparisonJson(compare('track,label\n1,ND\n', 'track,label\n1,ND\n'));
    for (const key of ['accuracy', 'balancedAccuracy', 'f1', 'perClass', 'confusion', 'classes']) {
      expect(json[key]).not.toBeNull();
      expect(json).toHaveProperty(key);
    }
    expect([json.mcc, json.kappa, json.logLoss]).toEqual([null, null, null]);
    expect(json.f1).toEqual({ micro: 1, macro: 1, weighted: 1 });
  });

  it('has those of exponents', () => {
    const json = comparisonJson(compare('track,alpha\n1,1\n2,1\n', 'track,alpha\n1,1\n2,2\n'));
    expect([json.mae, json.bias, json.count]).toEqual([0.5, -0.5, 2]);
    expect(json.rmse).toBeCloseTo(Math.SQRT1_2, 14);
  });
});
