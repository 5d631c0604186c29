import { makeReason, parseReason } from './reason.ts';

describe('a reason', () => {
  it.each([
    [
      makeReason('dimension', { dim: 3, seen: 2 }),
      'dimension',
      '3D track: the model has seen 2D tracks',
    ],
    [
      makeReason('tooShort', { points: '1 point', least: 10 }),
      'too-short',
      'too short: 1 point, the model has seen 10 and more',
    ],
    [
      makeReason('tooShortForRule', { points: '2 points' }),
      'too-short',
      'too short: 2 points, the rule is not defined',
    ],
    [
      makeReason('tooLong', { points: '900 points', most: 600 }),
      'too-long',
      'too long: 900 points, the model has seen up to 600',
    ],
    [
      makeReason('lengthBetween', { points: '70 points' }),
      'length',
      'length: the model has seen no track of about 70 points',
    ],
    [
      makeReason('gaps', { share: '40 %', most: '0.0 %' }),
      'gaps',
      'gaps: 40 % of the frames are missing, the model has seen up to 0.0 %',
    ],
    [
      makeReason('gapsForRule', {}),
      'gaps',
      'gaps: the rule is not defined where frames are missing',
    ],
    [makeReason('withinNoise', {}), 'immobile', 'immobile within the noise'],
    [makeReason('neverMoves', {}), 'immobile', 'immobile: the track never moves'],
    [
      makeReason('noSteps', {}),
      'undefined',
      'motion cannot be told from noise: no steps to compare',
    ],
    [makeReason('notFinite', { value: 'NaN' }), 'not-finite', 'no answer: the model gives NaN'],
    [
      makeReason('notFinite', { value: '-Infinity' }),
      'not-finite',
      'no answer: the model gives -Infinity',
    ],
  ])('of %o is found by its text alone', (reason, kind, text) => {
    expect(reason).toEqual({ kind, text });
    expect(parseReason(text)).toEqual(reason);
  });

  it('names the feature that lies outside', () => {
    const reason = makeReason('farOutside', {
      feature: 'alpha',
      value: '-1.2e-5',
      low: '0.100',
      high: '1.9e+3',
    });
    expect(reason).toEqual({
      kind: 'outside',
      feature: 'alpha',
      text: 'alpha -1.2e-5 is far outside what the model has seen, 0.100 to 1.9e+3',
    });
    expect(parseReason(reason.text)).toEqual(reason);
  });

  it('of another program is kept in its words, even where they are near to ours', () => {
    for (const text of [
      'too short',
      'too short: 3 points',
      'Immobile within the noise',
      'low SNR',
    ]) {
      expect(parseReason(text)).toEqual({ kind: 'other', text });
    }
    expect(parseReason('')).toBeUndefined();
  });
});
