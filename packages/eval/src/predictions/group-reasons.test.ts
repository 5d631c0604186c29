import { makeReason, parseReason } from '@diffusion/tracks';
import { groupReasons } from './group-reasons.ts';

const short = (points: number) => makeReason('tooShort', { points: `${points} points`, least: 10 });
const outside = (feature: string, value: number) =>
  makeReason('farOutside', { feature, value, low: 0, high: 1 });

describe('groupReasons', () => {
  it('joins reasons of a kind, and keeps the text where it is one', () => {
    const still = makeReason('withinNoise', {});
    const reasons = [
      short(6),
      still,
      undefined,
      short(7),
      makeReason('dimension', { dim: 2, seen: 1 }),
      outside('alpha', -0.25),
      outside('alpha', 2.5),
      outside('vacf1', 2.5),
      still,
      still,
    ];
    expect(groupReasons(reasons)).toEqual([
      { kind: 'immobile', reason: 'immobile within the noise', rows: [1, 8, 9] },
      { kind: 'outside', reason: 'alpha far outside what the model has seen', rows: [5, 6] },
      { kind: 'too-short', reason: 'too short', rows: [0, 3] },
      { kind: 'dimension', reason: '2D track: the model has seen 1D tracks', rows: [4] },
      {
        kind: 'outside',
        reason: 'vacf1 2.5 is far outside what the model has seen, 0 to 1',
        rows: [7],
      },
    ]);
  });

  it('joins what another program says where the numbers alone differ', () => {
    const texts = ['4 localisations only', 'too dim', '', '5 localisations only', 'at 1.5e-3'];
    expect(groupReasons(texts.map(parseReason))).toEqual([
      { kind: 'other', reason: '… localisations only', rows: [0, 3] },
      { kind: 'other', reason: 'at 1.5e-3', rows: [4] },
      { kind: 'other', reason: 'too dim', rows: [1] },
    ]);
  });
});
