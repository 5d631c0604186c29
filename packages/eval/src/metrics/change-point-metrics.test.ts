import { changePointMetrics } from './change-point-metrics.ts';

describe('changePointMetrics', () => {
  it('pairs changes over the whole track, not each with its nearest', () => {
    // 20–24 and 28–30 cost 6 in all; 28–24 and 20–30 would cost 14.
    const found = changePointMetrics({ actual: [[20, 28]], predicted: [[30, 24]] });
    expect(found).toEqual({
      truePositives: 2,
      falsePositives: 0,
      falseNegatives: 0,
      rmse: Math.sqrt((16 + 4) / 2),
      jaccard: 1,
    });
  });

  it('counts a pair at the tolerance as missed and invented, and what is surplus', () => {
    const found = changePointMetrics({ actual: [[50], [10, 90]], predicted: [[60], [12]] });
    expect([found.truePositives, found.falsePositives, found.falseNegatives]).toEqual([1, 1, 2]);
    expect(found.rmse).toBe(2);
    expect(found.jaccard).toBe(1 / 4);
    expect(changePointMetrics({ actual: [[50]], predicted: [[60]], tolerance: 11 }).jaccard).toBe(
      1,
    );
  });

  it('counts a track rightly said to have no change as one found', () => {
    expect(changePointMetrics({ actual: [[50], []], predicted: [[53, 120], []] }).jaccard).toBe(
      2 / 3,
    );
    const none = changePointMetrics({ actual: [[]], predicted: [[]] });
    expect([none.jaccard, none.rmse]).toEqual([1, Number.NaN]);
    expect(changePointMetrics({ actual: [[5]], predicted: [[]] }).jaccard).toBe(0);
  });

  it('refuses lists that do not fit', () => {
    expect(() => changePointMetrics({ actual: [[]], predicted: [] })).toThrow(
      'predicted has 0 tracks',
    );
    expect(() => changePointMetrics({ actual: [], predicted: [], tolerance: 0 })).toThrow(
      'tolerance is 0',
    );
  });
});
