import type { Track } from '@diffusion/tracks';
import { choiceOption, integersOption, type OptionsOf } from '../options.ts';
import { autocorrelation } from './autocorrelation.ts';
import { type ChannelOrigin, POSITION } from './origin.ts';
import { stepSize } from './step-size.ts';

/** What the encoders of Gajowczyk & Szwabiński 2021 have in common: a track as it is, its autocorrelations beside. */
export const rawTrackOptions = {
  lags: integersOption({
    default: [],
    min: 1,
    max: 1e6,
    empty: true,
    description:
      'Lags in frames of the autocorrelations that stand beside the track, a channel each; 8, 16 and 24 in the paper.',
  }),
  scale: choiceOption({
    default: 'steps',
    choices: ['steps', 'none'],
    description:
      "Unit of the positions: `steps`, the track's own root mean square displacement per frame and coordinate; `none`, that of the tracks, as in the paper: a model knows tracks in the unit it was trained with alone.",
  }),
};

type RawTrackOptions = OptionsOf<typeof rawTrackOptions>;

/** Numbers per coordinate of a point: the position, and an autocorrelation per lag. */
export const rawTrackChannels = ({ lags }: Pick<RawTrackOptions, 'lags'>): number =>
  1 + lags.length;

/** What the channels of a coordinate of a point are of. */
export const rawTrackOrigins = ({ lags }: Pick<RawTrackOptions, 'lags'>): ChannelOrigin[] => [
  POSITION,
  ...lags.map((lag) => ({
    name: `autocorrelation ${lag}`,
    of: 'track' as const,
    points: [0],
  })),
];

/**
 * Writes the positions of a track from its first point, and beside each the autocorrelations of its coordinate, the same
 * along the whole track.
 *
 * @param placeOf where the channels of a coordinate of a point begin in `out`.
 */
export function writeRawTrack(
  track: Track,
  out: Float32Array,
  { lags, scale }: RawTrackOptions,
  placeOf: (point: number, axis: number) => number,
): void {
  const { positions, length, dim } = track;
  const unit = scale === 'none' ? 1 : stepSize(track) || 1;
  for (let axis = 0; axis < dim; axis++) {
    const correlations = lags.map((lag) => autocorrelation(track, axis, lag));
    for (let t = 0; t < length; t++) {
      const to = placeOf(t, axis);
      out[to] = (positions[t * dim + axis] - positions[axis]) / unit;
      for (const [k, rho] of correlations.entries()) out[to + 1 + k] = rho;
    }
  }
}
