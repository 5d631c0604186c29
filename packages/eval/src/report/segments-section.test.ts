import { simulate } from '@diffusion/simulate';
import { makeReason } from '@diffusion/tracks';
import type { WrittenSegment } from '../segments/segment-rows.ts';
import { segmentSections } from './segments-section.ts';

const tracks = simulate({ model: 'brownian', D: 1, count: 3, length: 20, dim: 2, seed: 1 });
const segment = (from: number, to: number, state: string): WrittenSegment => ({
  ...{ from, to, state, alpha: 1, diffusion: 1, probability: 1 },
  ...{ alphaInterval: [0.8, 1.2], diffusionInterval: [0.5, 2] },
});
const short = makeReason('tooShortForRule', { points: '20 points' });

describe('segmentSections', () => {
  it('says what segmented, how much is in which state, and draws those that change most first', () => {
    const sections = segmentSections({
      ...{ tracks, by: 'segments-2d', beside: 'changes' },
      segments: [[segment(0, 20, 'free')], [segment(0, 5, 'immobile'), segment(5, 20, 'free')], []],
      reasons: [short, undefined, short],
    });
    expect(sections).toMatchObject([
      {
        heading: 'States along the tracks',
        text: 'By segments-2d; 1 of 3 tracks, which it does not judge, by penalised changes. 2 of 3 tracks have segments; the table of the segments says why the others have none.',
        pieces: [
          {
            rows: [
              ['immobile', 1, '12.5 %'],
              ['free', 2, '87.5 %'],
            ],
          },
        ],
      },
      { pieces: [{ alt: 'track 1: 2 segments' }, { alt: 'track 0: 1 segment' }] },
    ]);
  });

  it('names the method alone where there is no other', () => {
    const segments = Array.from(tracks, () => [segment(0, 20, 'free')]);
    const reasons = new Array(3).fill(undefined);
    const [{ text }] = segmentSections({ tracks, by: 'hmm', segments, reasons });
    expect(text).toBe('By hmm.');
  });
});
