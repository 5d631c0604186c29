import { Tracks, textColumn } from '@diffusion/tracks';
import { parsePredictions } from './parse-predictions.ts';
import { predictionOfTracks } from './prediction-of-tracks.ts';
import { predictionRows } from './prediction-rows.ts';

const tracks = new Tracks({
  positions: [0, 1, 2, 3, 4, 5],
  offsets: [0, 2, 4, 6],
  dim: 1,
  trackColumns: { track: textColumn(['a', 'b', 'c']) },
});

describe('predictionOfTracks', () => {
  it('gives what was written, whatever the order of the rows', () => {
    const given = {
      count: 3,
      classes: ['ND', 'CD'],
      labels: ['ND', '', ''],
      codes: Int32Array.of(0, -1, -1),
      probabilities: Float32Array.of(0.75, 0.25, 0.5, 0.5, Number.NaN, Number.NaN),
      sets: Uint8Array.of(1, 0, 1, 1, 0, 0),
      reasons: [
        undefined,
        undefined,
        { kind: 'immobile', text: 'immobile within the noise' } as const,
      ],
    };
    const [header, ...rows] = predictionRows(tracks, given);
    const text = [header, ...rows.reverse()].map((row) => row.trimEnd()).join('\n');
    expect(predictionOfTracks(tracks, parsePredictions(text))).toEqual(given);
  });

  it('names a track that has no row', () => {
    const few = parsePredictions('track,label,p_ND\na,ND,1\nb,ND,1\n', 'few.csv');
    expect(() => predictionOfTracks(tracks, few)).toThrow('track c is not in few.csv');
  });
});
