import { groupReasons } from './group-reasons.ts';

describe('groupReasons', () => {
  it('joins reasons that differ in numbers alone, and keeps the numbers where they are the same', () => {
    const reasons = [
      'too short: 6 points, at least 10',
      'immobile',
      '',
      'too short: 7 points, at least 10',
      '2D track: the model has seen 1D tracks',
      'alpha -0.25 is far outside, 0 to 1.5e-3',
      'alpha 2.5 is far outside, 0 to 1.5e-3',
      'vacf1 2.5 is far outside, 0 to 1',
      'immobile',
      'immobile',
    ];
    expect(groupReasons(reasons)).toEqual([
      { reason: 'immobile', rows: [1, 8, 9] },
      { reason: 'alpha … is far outside, … to …', rows: [5, 6] },
      { reason: 'too short: … points, at least …', rows: [0, 3] },
      { reason: '2D track: the model has seen 1D tracks', rows: [4] },
      { reason: 'vacf1 2.5 is far outside, 0 to 1', rows: [7] },
    ]);
  });
});
