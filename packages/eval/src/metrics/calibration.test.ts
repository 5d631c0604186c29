import { calibration } from './calibration.ts';

describe('calibration', () => {
  it('has no error where confidence is the share of right answers', () => {
    const count = 10;
    const probabilities = Array.from({ length: count }, () => [0.8, 0.2]).flat();
    const actual = Array.from({ length: count }, (_, i) => (i < 8 ? 0 : 1));
    const predicted = new Int32Array(count);
    const found = calibration({ actual, predicted, probabilities, classes: 2, bins: 4 });
    expect(found.error).toBeCloseTo(0, 14);
    expect(found.bins[3]).toEqual({
      from: 0.75,
      to: 1,
      count: 10,
      confidence: expect.closeTo(0.8, 12),
      accuracy: 0.8,
    });
    expect(found.bins[0].accuracy).toBeNaN();
  });

  it('weights the gap of each bin by its tracks, and leaves unjudged tracks out', () => {
    // Bin [0.5, 1]: confidences 0.9 (right) and 0.6 (wrong): |1 − 1.5| / 2.
    const found = calibration({
      actual: [0, 1, 1],
      predicted: [0, 0, -1],
      probabilities: [0.9, 0.1, 0.6, 0.4, 0, 0],
      classes: 2,
      bins: 2,
    });
    expect(found.error).toBeCloseTo(0.25, 14);
    expect(found.bins[1].count).toBe(2);
  });

  it('puts certainty into the last bin', () => {
    const { bins } = calibration({
      actual: [0],
      predicted: [0],
      probabilities: [1, 0],
      classes: 2,
    });
    expect(bins[9].count).toBe(1);
  });

  it('refuses the wrong number of probabilities', () => {
    expect(() =>
      calibration({ actual: [0], predicted: [0], probabilities: [1], classes: 2 }),
    ).toThrow('expected 1 tracks × 2 classes = 2');
    expect(() =>
      calibration({ actual: [0], predicted: [0], probabilities: [Number.NaN, 1], classes: 2 }),
    ).toThrow('the probability of track 0 for its predicted class is NaN: expected 0 to 1');
  });
});
