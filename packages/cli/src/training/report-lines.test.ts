import { classificationMetrics } from '@diffusion/eval';
import { classificationLines } from './report-lines.ts';

describe('classificationLines', () => {
  it('counts what is judged and what is undecided of the same tracks', () => {
    const metrics = classificationMetrics({
      classes: ['a', 'b'],
      actual: Int32Array.of(0, 1, 0, 1),
      predicted: Int32Array.of(0, -1, -1, -1),
      sets: Uint8Array.of(1, 0, 1, 1, 1, 1, 0, 0),
    });
    const [accuracy, sets] = classificationLines(metrics);
    expect(accuracy).toMatch(/on 1 of 4 tracks$/);
    expect(sets).toMatch(/^undecided 2 of 4 tracks {2}/);
  });
});
