import { logLoss } from './log-loss.ts';

describe('logLoss', () => {
  it('is ln K for a uniform guess, 0 for certainty in the truth', () => {
    expect(
      logLoss({ actual: [0, 3], probabilities: new Float64Array(8).fill(0.25), classes: 4 }),
    ).toBeCloseTo(Math.log(4), 14);
    expect(logLoss({ actual: [1], probabilities: [0, 1], classes: 2 })).toBeCloseTo(0, 15);
  });

  it('costs −ln ε and not infinity where the truth was held impossible', () => {
    expect(logLoss({ actual: [0], probabilities: [0, 1], classes: 2 })).toBeCloseTo(36.04, 2);
  });

  it('takes rounded probabilities and refuses what is none', () => {
    const of = (probabilities: number[]) =>
      logLoss({ actual: [0], probabilities, classes: probabilities.length });
    expect(of([0.33, 0.33, 0.33])).toBeCloseTo(-Math.log(0.33), 14);
    expect(() => of([0.9, 0.9])).toThrow('the probabilities of track 0 sum to 1.800: expected 1');
    expect(() => of([1.5, -0.5])).toThrow('track 0 for class 0 is 1.5: expected 0 to 1');
    expect(() => of([Number.NaN, 1])).toThrow('for class 0 is NaN');
    expect(() => logLoss({ actual: [0, 0], probabilities: [1, 0], classes: 2 })).toThrow(
      'probabilities has 2 numbers: expected 2 tracks × 2 classes = 4',
    );
  });
});
