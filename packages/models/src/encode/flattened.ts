import { choiceOption } from '../options.ts';
import { defineEncoder } from './define-encoder.ts';
import { rawTrackChannels, rawTrackOptions, rawTrackOrigins, writeRawTrack } from './raw-track.ts';

/**
 * A track as one vector of one channel, for convolutions along it: the numbers of `picture` one row after the other,
 * x₁ y₁ x₂ y₂ …, or with `order: 'coordinates'` one column after the other, each padded by itself. Scale, channels and gaps
 * are those of `picture`.
 *
 * The "1D" of Gajowczyk & Szwabiński 2021 (Entropy 23, 649). The paper flattens an array of points × coordinates and does
 * not say in which order; row after row is what flattening does where nothing else is asked.
 */
export const flattenedEncoder = defineEncoder({
  name: 'flattened',
  options: {
    ...rawTrackOptions,
    order: choiceOption({
      default: 'points',
      choices: ['points', 'coordinates'],
      description: '`points`: x₁ y₁ x₂ y₂ …; `coordinates`: x₁ x₂ … y₁ y₂ …',
    }),
  },
  channels: (_, options) => rawTrackChannels(options),
  origins: (_, options) => rawTrackOrigins(options),
  layout: 'vector',
  write(track, out, _, options) {
    const { dim } = track;
    const channels = rawTrackChannels(options);
    const column = out.length / (dim * channels);
    writeRawTrack(track, out, options, (t, axis) =>
      options.order === 'points' ? (t * dim + axis) * channels : (axis * column + t) * channels,
    );
  },
});
