import fc from 'fast-check';
import { EvaluationError } from '../errors.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { oracle } from './scikit-learn.fixture.ts';

describe('confusionMatrix', () => {
  it.each(oracle.classification)('agrees with scikit-learn: $name', (known) => {
    expect(confusionMatrix(known)).toEqual(known.confusion);
  });

  it('has the true class as row and the predicted class as column', () => {
    expect(confusionMatrix({ actual: [0, 0, 2], predicted: [1, 1, 2], classes: 3 })).toEqual([
      [0, 2, 0],
      [0, 0, 0],
      [0, 0, 1],
    ]);
  });

  it('leaves unjudged tracks out and counts chosen rows as often as they are named', () => {
    const pairs = { actual: [0, 1, 1], predicted: [0, -1, 0], classes: 2 };
    expect(confusionMatrix(pairs)).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(confusionMatrix({ ...pairs, rows: [2, 2, 1] })).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });

  it('is transposed when truth and prediction change places', () => {
    const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 50 });
    fc.assert(
      fc.property(pairs, (list) => {
        const a = list.map(([x]) => x);
        const b = list.map(([, y]) => y);
        const there = confusionMatrix({ actual: a, predicted: b, classes: 4 });
        const back = confusionMatrix({ actual: b, predicted: a, classes: 4 });
        expect(back).toEqual(there.map((row, i) => row.map((_, j) => there[j][i])));
      }),
    );
  });

  it('refuses lengths that differ and codes that name no class', () => {
    const of = (actual: number[], predicted: number[], classes = 2) =>
      confusionMatrix({ actual, predicted, classes });
    expect(() => of([0], [0, 1])).toThrow('predicted has 2 codes: expected one per actual code, 1');
    expect(() => of([0, 2], [0, 1])).toThrow('actual[1] is 2: expected a class code, 0 to 1');
    expect(() => of(['ND' as unknown as number], [0])).toThrow(
      'actual[0] is "ND": expected a class code (its place in classes), 0 to 1',
    );
    expect(() => of([-1], [0])).toThrow('actual[0] is -1: expected a class code, 0 to 1');
    expect(() => of([0], [0.5])).toThrow(
      'predicted[0] is 0.5: expected a class code, 0 to 1, or -1 for unjudged',
    );
    expect(() => of([0], [Number.NaN])).toThrow(EvaluationError);
    expect(() => of([], [], 0)).toThrow('classes is 0');
  });
});
