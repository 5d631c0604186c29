import { simulate } from '@diffusion/simulate';
import { isTextColumn } from '@diffusion/tracks';
import { alternateTracks } from './alternate-tracks.ts';
import { repeatedTracks } from './repeated-tracks.ts';

const sources = [3, 4, 5].map((length, s) =>
  repeatedTracks(simulate({ model: 'brownian', count: 10 + s, length, dim: 1, seed: s }), s),
);
const source = alternateTracks(sources);

describe('alternateTracks', () => {
  it('takes turns, in whatever pieces it is asked for', () => {
    expect(source.perEpoch).toBe(30);
    const whole = source.take(2, 0, 30);
    const own = sources.map((one) => one.take(2, 0, 10));
    for (const track of whole) {
      const from = own[track.index % 3].at(Math.floor(track.index / 3));
      expect(track.positions).toEqual(from.positions);
    }
    for (const [from, to] of [
      [0, 1],
      [5, 7],
      [8, 9],
      [4, 30],
    ]) {
      const part = source.take(2, from, to);
      expect(part.count).toBe(to - from);
      for (const track of part) {
        expect(track.positions).toEqual(whole.at(from + track.index).positions);
      }
    }
  });

  it('keeps the columns', () => {
    const { label } = source.take(0, 0, 4).trackColumns;
    expect(label && isTextColumn(label) && label.dictionary).toEqual(['brownian']);
  });

  it('says that there is nothing to take', () => {
    expect(() => alternateTracks([])).toThrow('sources is empty');
  });
});
