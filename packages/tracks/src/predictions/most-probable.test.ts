import { mostProbable } from './most-probable.ts';

const none = [Number.NaN, Number.NaN, Number.NaN];

describe('mostProbable', () => {
  it('is the first of equal ones, and none of a row without numbers', () => {
    expect([...mostProbable([0.4, 0.4, 0.2, ...none, 0.1, 0.2, 0.7], 3, 3)]).toEqual([0, -1, 2]);
  });
});
