import { type Prediction, Tracks } from '@diffusion/tracks';
import { judgedRows } from './judged-rows.ts';

const tracks = new Tracks({
  dim: 1,
  positions: Float64Array.of(0, 1, 2, 3, 4),
  frames: Int32Array.of(0, 1, 2, 0, 1),
  offsets: Uint32Array.of(0, 3, 5),
});

const prediction: Prediction = {
  count: 2,
  classes: ['rests', 'moves'],
  codes: Int32Array.of(1, -1),
  labels: ['moves', ''],
  probabilities: Float32Array.of(0.25, 0.75, Number.NaN, Number.NaN),
  reasons: [undefined, { kind: 'too-short', text: 'too short' }],
} as unknown as Prediction;

describe('judgedRows', () => {
  it('has a row per track, those that were refused among them', () => {
    const { classes, probabilities, judged, points } = judgedRows(tracks, prediction);
    expect(classes).toEqual(['rests', 'moves']);
    expect(Array.from(probabilities)).toEqual([0.25, 0.75, Number.NaN, Number.NaN]);
    expect([Array.from(judged), Array.from(points!)]).toEqual([
      [1, 0],
      [3, 2],
    ]);
  });

  it('refuses what has no probabilities', () => {
    expect(() => judgedRows(tracks, { ...prediction, probabilities: undefined })).toThrow(
      'prediction has no probabilities: expected those of a classifier',
    );
  });
});
