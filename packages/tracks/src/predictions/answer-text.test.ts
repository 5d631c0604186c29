import { answerText } from './answer-text.ts';
import type { Prediction } from './prediction.ts';
import { makeReason } from './reason.ts';

const classes = ['ND', 'CD'];
const reasons = [undefined, undefined, makeReason('neverMoves', {})];
const of = (prediction: Partial<Prediction>) =>
  [0, 1, 2].map((i) => answerText({ count: 3, reasons, ...prediction }, i));

describe('answerText', () => {
  it('is the class, or the reason', () => {
    expect(of({ classes, labels: ['ND', 'CD', ''] })).toEqual([
      'ND',
      'CD',
      'immobile: the track never moves',
    ]);
  });

  it('names every class that is possible', () => {
    const sets = Uint8Array.of(1, 1, 0, 1, 0, 0);
    expect(of({ classes, labels: ['', 'CD', ''], sets })).toEqual([
      'ND or CD',
      'CD',
      'immobile: the track never moves',
    ]);
  });

  it('has the exponent, beside a class or alone', () => {
    const values = Float32Array.of(0.5, 1.236, Number.NaN);
    expect(of({ values })).toEqual(['α = 0.50', 'α = 1.24', 'immobile: the track never moves']);
    expect(of({ classes, labels: ['ND', 'CD', ''], values })[1]).toBe('CD, α = 1.24');
  });

  it('is never empty', () => {
    expect(answerText({ count: 1, labels: [''], classes, reasons: [undefined] }, 0)).toBe(
      'not judged',
    );
  });

  it.each([-1, 3, 0.5])('refuses track %d', (i) => {
    expect(() => answerText({ count: 3, reasons }, i)).toThrow(
      `i is ${i}: expected the place of a track, 0 to 2`,
    );
  });
});
