import { selectTracks, type Track, type Tracks } from '@diffusion/tracks';
import { ModelError } from '../errors.ts';
import { encodeMotion, motionChannels, motionFeatures } from './motion.ts';
import { encodeMultiscale, multiscaleChannels, multiscaleFeatures } from './multiscale.ts';
import { type StandardFeature, writeStandardFeatures } from './standard-features.ts';
import { encodeStandardized, standardizedChannels } from './standardized.ts';

/** Displacements and start-relative positions in units of the track's own displacements; see {@link encodeMotion}. */
export interface MotionSpecification {
  readonly kind: 'motion';
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /**
   * Points per row; shorter tracks are padded with zeros, a longer track does not fit. null: rows are as long as their
   * tracks, for a network that takes any length.
   */
  readonly length: number | null;
  /** Features given to the last layer beside the track; none when absent. */
  readonly features?: readonly StandardFeature[];
}

/** Four numbers per coordinate of a track of any length, for `multiscale`; see {@link encodeMultiscale}. */
export interface MultiscaleSpecification {
  readonly kind: 'multiscale';
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /** Rows are as long as their tracks. */
  readonly length: null;
  /** Features given to the last layer beside the track; none when absent. */
  readonly features?: readonly StandardFeature[];
}

/** Positions with mean 0 and standard deviation 1 per coordinate; see {@link encodeStandardized}. */
export interface StandardizedSpecification {
  readonly kind: 'standardized';
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /** As for `motion`. */
  readonly length: number | null;
  /** Features given to the last layer beside the track; none when absent. */
  readonly features?: readonly StandardFeature[];
}

/** An encoder of one's own: it cannot be saved and is given again when the model is loaded. */
export interface OwnSpecification {
  readonly kind: 'own';
  /** Dimension of the tracks. */
  readonly dim: 1 | 2 | 3;
  /** Points per row; null: as many as the tracks have, which are then of one length in every batch. */
  readonly length: number | null;
}

/** What a network sees of a track, as plain data: it is saved beside the weights. */
export type EncoderSpecification =
  | MotionSpecification
  | MultiscaleSpecification
  | StandardizedSpecification
  | OwnSpecification;

/** A batch of encoded tracks: row-major, ready to become tensors. */
export interface EncodedTracks {
  readonly count: number;
  /** Points per row. */
  readonly length: number;
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
   * Throws {@link ModelError} for tracks of another dimension, longer than the encoder's length or, where it has none,
   * of several lengths.
   */
  encode(tracks: Tracks, indices?: ArrayLike<number>): EncodedTracks;
}

/** What a kind of encoder writes of a track: its numbers per point and per track. */
interface Kind {
  readonly channels: (dim: number) => number;
  readonly features: (dim: number) => number;
  readonly write: (track: Track, out: Float32Array, features: Float32Array) => void;
}

const kinds: Readonly<Record<Exclude<EncoderSpecification['kind'], 'own'>, Kind>> = {
  motion: { channels: motionChannels, features: () => motionFeatures, write: encodeMotion },
  multiscale: {
    channels: multiscaleChannels,
    features: multiscaleFeatures,
    write: encodeMultiscale,
  },
  standardized: { channels: standardizedChannels, features: () => 0, write: encodeStandardized },
};

/**
 * An encoder from its specification.
 *
 * @example
 * encoder({ kind: 'motion', dim: 2, length: 600 }).channels; // 6
 * encoder({ kind: 'multiscale', dim: 2, length: null }).channels; // 8
 * encoder({ kind: 'standardized', dim: 2, length: null }).channels; // 2
 */
export function encoder(specification: EncoderSpecification): Encoder {
  const { kind, dim, length } = specification;
  if (dim !== 1 && dim !== 2 && dim !== 3)
    throw new ModelError(`encoder dim is ${dim}: expected 1, 2 or 3`);
  if (length !== null && !(Number.isInteger(length) && length >= 2)) {
    throw new ModelError(`encoder length is ${length}: expected an integer of at least 2, or null`);
  }
  if (kind === 'own') throw new ModelError(`encoder kind is 'own': give the encoder itself`);
  if (!Object.hasOwn(kinds, kind)) {
    throw new ModelError(`encoder kind is '${kind}': expected ${Object.keys(kinds).join(', ')}`);
  }
  if (kind === 'multiscale' && length !== null) {
    throw new ModelError(`encoder length is ${length}: 'multiscale' takes every length, null`);
  }
  return rowsOf(specification, specification.features ?? [], kinds[kind]);
}

/** The tracks one after the other, each written by its kind, and the standard features beside. */
function rowsOf(
  specification: EncoderSpecification,
  standard: readonly StandardFeature[],
  kind: Kind,
): Encoder {
  const { dim, length: fixed } = specification;
  const channels = kind.channels(dim);
  const own = kind.features(dim);
  const perTrack = own + standard.length;
  return {
    specification,
    channels,
    features: perTrack,
    encode(tracks, indices) {
      if (tracks.dim !== dim)
        throw new ModelError(`tracks have dim ${tracks.dim}: the model sees dim ${dim}`);
      const count = indices?.length ?? tracks.count;
      const index = (row: number) => (indices ? indices[row] : row);
      const length = fixed ?? (count > 0 ? tracks.lengthOf(index(0)) : 0);
      const inputs = new Float32Array(count * length * channels);
      const features = new Float32Array(count * perTrack);
      for (let row = 0; row < count; row++) {
        const track = tracks.at(index(row));
        if (fixed === null ? track.length !== length : track.length > length) {
          throw new ModelError(
            `track ${track.index} has ${track.length} points: ${
              fixed === null
                ? `expected ${length} as in the first of its batch`
                : `the model sees at most ${length}`
            }`,
          );
        }
        kind.write(
          track,
          inputs.subarray(row * length * channels, (row + 1) * length * channels),
          features.subarray(row * perTrack, row * perTrack + own),
        );
      }
      const chosen = indices ? selectTracks(tracks, indices) : tracks;
      writeStandardFeatures(chosen, standard, features, perTrack, own);
      return { count, length, inputs, features };
    },
  };
}
