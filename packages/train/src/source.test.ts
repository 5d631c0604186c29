import { simulate } from '@diffusion/simulate';
import { TrainError } from './errors.ts';
import { repeatedTracks } from './repeated-tracks.ts';

const tracks = simulate({
  model: 'brownian',
  count: 8,
  length: 3,
  dim: 1,
  seed: 1,
});

describe('repeatedTracks', () => {
  const orders = [0, 1].map((epoch) => [
    ...(repeatedTracks(tracks, 5).take(epoch, 0, 8).trackColumns.track as Float64Array),
  ]);

  it('shows every track once in each epoch, in an order that is the same for ever', () => {
    for (const order of orders) {
      expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
    expect(orders).toMatchInlineSnapshot(`
      [
        [
          0,
          3,
          5,
          7,
          1,
          2,
          6,
          4,
        ],
        [
          6,
          5,
          2,
          0,
          1,
          3,
          4,
          7,
        ],
      ]
    `);
  });

  it('refuses a seed that is no integer', () => {
    expect(() => repeatedTracks(tracks, 0.5)).toThrow(
      new TrainError('seed is 0.5: expected an integer from -9007199254740991 to 9007199254740991'),
    );
  });
});
