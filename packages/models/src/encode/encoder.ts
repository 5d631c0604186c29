import { selectTracks, type Tracks } from '@diffusion/tracks';
import { ModelError } from '../errors.ts';
import { encodeMotion, motionChannels, motionFeatures } from './motion.ts';
import { type StandardFeature, writeStandardFeatures } from './standard-features.ts';

/** What a network sees of a track, as plain data: it is saved beside the weights. */
export interface EncoderSpecification {
  /** `motion`: displacements and start-relative positions in units of the track's own displacement deviation. */
  readonly kind: 'motion';
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /** Points per row; shorter tracks are padded with zeros. A longer track does not fit. */
  readonly length: number;
  /** Features given to the last layer beside the track; none when absent. */
  readonly features?: readonly StandardFeature[];
}

/** A batch of encoded tracks: row-major, ready to become tensors. */
export interface EncodedTracks {
  readonly count: number;
  /** count × length × channels. */
  readonly inputs: Float32Array;
  /** count × features, appended before the last layer of a network. */
  readonly features: Float32Array;
}

/** Turns tracks into what a network sees; a pure function of each track alone. */
export interface Encoder {
  readonly specification: EncoderSpecification;
  /** Numbers per point. */
  readonly channels: number;
  /** Numbers per track beside the points. */
  readonly features: number;
  /**
   * Encodes the tracks at `indices` (all when absent), in that order.
   *
   * Throws {@link ModelError} for tracks of another dimension or longer than the encoder's length.
   */
  encode(tracks: Tracks, indices?: ArrayLike<number>): EncodedTracks;
}

/**
 * An encoder from its specification.
 *
 * @example
 * const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
 * encode.channels; // 6
 */
export function encoder(specification: EncoderSpecification): Encoder {
  const { kind, dim, length, features: standard = [] } = specification;
  if (kind !== 'motion') throw new ModelError(`encoder kind is '${kind}': expected 'motion'`);
  if (dim !== 1 && dim !== 2 && dim !== 3)
    throw new ModelError(`encoder dim is ${dim}: expected 1, 2 or 3`);
  if (!(Number.isInteger(length) && length >= 2)) {
    throw new ModelError(`encoder length is ${length}: expected an integer of at least 2`);
  }
  const channels = motionChannels(dim);
  const perTrack = motionFeatures + standard.length;
  return {
    specification,
    channels,
    features: perTrack,
    encode(tracks, indices) {
      if (tracks.dim !== dim)
        throw new ModelError(`tracks have dim ${tracks.dim}: the model sees dim ${dim}`);
      const count = indices?.length ?? tracks.count;
      const inputs = new Float32Array(count * length * channels);
      const features = new Float32Array(count * perTrack);
      for (let row = 0; row < count; row++) {
        const track = tracks.at(indices ? indices[row] : row);
        if (track.length > length) {
          throw new ModelError(
            `track ${track.index} has ${track.length} points: the model sees at most ${length}`,
          );
        }
        encodeMotion(
          track,
          inputs.subarray(row * length * channels, (row + 1) * length * channels),
          features.subarray(row * perTrack, row * perTrack + motionFeatures),
        );
      }
      const chosen = indices ? selectTracks(tracks, indices) : tracks;
      writeStandardFeatures(chosen, standard, features, perTrack, motionFeatures);
      return { count, inputs, features };
    },
  };
}
