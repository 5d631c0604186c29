import { paired } from '../metrics/paired.fixture.ts';
import { compareMethods } from './compare-methods.ts';
import { parsePredictions } from './parse-predictions.ts';
import { parseReference } from './parse-reference.ts';

const rows = (codes: readonly number[], names: readonly string[], order = [...codes.keys()]) =>
  `track,label\n${order.map((i) => `${i},${names[codes[i]]}`).join('\n')}\n`;

const { names, truth, methods } = paired;
const backwards = [...truth.keys()].reverse();

describe('compareMethods', () => {
  const reference = parseReference(rows(truth, names, backwards));
  const given = [
    { name: 'a', predictions: parsePredictions(rows(methods[0], names)) },
    // In another order, and with classes of its own, of which two are one.
    { name: 'b', predictions: parsePredictions(rows(methods[1], ['ND', 'FBM', 'DM'], backwards)) },
    { name: 'c', predictions: parsePredictions(rows(methods[2], names)) },
  ];
  const mapping = { ND: 'normal', FBM: 'sub', DM: 'super' };
  const { pairs, methods: found, classes } = compareMethods(given, { mapping, reference });

  it.each([0, 1, 2])('has κ of scikit-learn and the test of statsmodels: pair %i', (k) => {
    const { kappa, agreement, firstOnly, secondOnly, p, difference } = paired.pairs[k];
    expect(pairs[k].kappa).toBeCloseTo(kappa, 10);
    expect(pairs[k].agreement).toBeCloseTo(agreement, 10);
    expect(pairs[k].mcnemar).toEqual({ firstOnly, secondOnly, p: expect.closeTo(p, 10) });
    expect(pairs[k].difference?.value).toBeCloseTo(difference, 10);
    const { low, high } = pairs[k].difference!.interval;
    expect(low).toBeLessThan(difference);
    expect(high).toBeGreaterThan(difference);
  });

  it('counts the shares of the common classes', () => {
    expect([...classes].sort()).toEqual([...names].sort());
    const normal = found[1].shares.find(({ label }) => label === 'normal')!;
    expect(normal.count).toBe(methods[1].filter((code) => code === 0).length);
    expect(normal.interval.low).toBeLessThan(normal.share);
    expect(found[0].accuracy?.value).toBeCloseTo(
      truth.filter((code, i) => code === methods[0][i]).length / truth.length,
    );
  });

  it('leaves out of a pair what one of them did not judge', () => {
    const one = parsePredictions('track,label,reason\n1,A,\n2,,too short\n3,B,\n');
    const other = parsePredictions('track,label,reason\n1,A,\n2,A,\n3,A,\n');
    const {
      pairs: [pair],
      methods: [first],
    } = compareMethods([
      { name: 'one', predictions: one },
      { name: 'other', predictions: other },
    ]);
    expect(pair).toMatchObject({
      count: 2,
      agreement: 0.5,
      table: [
        [1, 0],
        [1, 0],
      ],
    });
    expect(pair.mcnemar).toBeUndefined();
    expect(first).toMatchObject({ count: 3, judged: 2 });
  });

  it('says what is wrong with the files', () => {
    expect(() => compareMethods(given.slice(0, 1))).toThrow('expected at least two');
    expect(() => compareMethods([given[0], given[0]])).toThrow('the name a stands for two methods');
    expect(() => compareMethods(given, { mapping: { XY: 'normal' } })).toThrow(
      'the mapping names XY',
    );
    const alphas = parsePredictions('track,alpha\n0,1\n', 'alphas.csv');
    expect(() => compareMethods([given[0], { name: 'd', predictions: alphas }])).toThrow(
      'alphas.csv: there is no column label: expected classes',
    );
    const fewer = parsePredictions('track,label\n0,normal\n');
    expect(() => compareMethods([given[0], { name: 'd', predictions: fewer }])).toThrow(
      'expected each track once in both files',
    );
  });
});
