import { Tracks } from '@diffusion/tracks';
import { FeaturesError } from './errors.ts';
import { estimateMle, straightness, timeAveragedMsd } from './index.ts';

const tracks = new Tracks({ positions: [0, 0, 1, 1, 2, 0], offsets: [0, 3], dim: 2 });

describe('what is no track', () => {
  it.each<[string, unknown, string]>([
    ['all of a set', tracks, 'track is Tracks, 1 of them: expected one, such as tracks.at(0)'],
    ['nothing', undefined, 'track is undefined: expected a track, such as tracks.at(0)'],
    ['coordinates', [0, 1], 'track is [0, 1]: expected a track, such as tracks.at(0)'],
  ])('is refused, with what would be one: %s', (_, track, message) => {
    for (const compute of [straightness, timeAveragedMsd, estimateMle]) {
      expect(() => compute(track as never)).toThrow(FeaturesError);
      expect(() => compute(track as never)).toThrow(message);
    }
  });
});
