import { defineEncoder } from './define-encoder.ts';
import { rawTrackChannels, rawTrackOptions, rawTrackOrigins, writeRawTrack } from './raw-track.ts';

/**
 * A track as a picture of one channel, points × coordinates, for convolutions over both (`dimension: 2` of the residual
 * networks): the position from the first point, in units of the track's own displacements or as it is (`scale`). With
 * `lags` the sample autocorrelation of the coordinate at each is a further channel, the same along the track. Below its
 * last point a picture is 0. Missing frames are left out, and nothing tells of them, but that lags are frames.
 *
 * The "2D" of Gajowczyk & Szwabiński 2021 (Entropy 23, 649), who give raw positions (`scale: 'none'`).
 */
export const pictureEncoder = defineEncoder({
  name: 'picture',
  options: rawTrackOptions,
  channels: (_, options) => rawTrackChannels(options),
  origins: (_, options) => rawTrackOrigins(options),
  layout: 'picture',
  write(track, out, _, options) {
    const channels = rawTrackChannels(options);
    writeRawTrack(track, out, options, (t, axis) => (t * track.dim + axis) * channels);
  },
});
