import { selectTracks, type Track, type Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { ModelError } from '../errors.ts';
import { readOptions } from '../options.ts';
import { coordinatewiseEncoder } from './coordinatewise.ts';
import type { EncoderDefinition, ModuleExport } from './define-encoder.ts';
import { flattenedEncoder } from './flattened.ts';
import { invariantEncoder } from './invariant.ts';
import type { RowLayout } from './layout.ts';
import { motionEncoder } from './motion.ts';
import { multiscaleEncoder } from './multiscale.ts';
import type { ChannelOrigin } from './origin.ts';
import { pictureEncoder } from './picture.ts';
import { pointwiseEncoder } from './pointwise.ts';
import type { EncoderSpecification, StandardFeature } from './specification.ts';
import { writeStandardFeatures } from './standard-features.ts';
import { standardizedEncoder } from './standardized.ts';

/** A batch of encoded tracks: row-major, ready to become tensors. */
export interface EncodedTracks {
  readonly count: number;
  /** Points per track, those of padding included. */
  readonly length: number;
  /** count × length × channels; count × length × dim × channels of an encoder whose `layout` is another than `points`. */
  readonly inputs: Float32Array;
  /** count × features, appended before the last layer of a network. */
  readonly features: Float32Array;
}

/** Turns tracks into what a network sees; a pure function of each track alone. */
export interface Encoder {
  readonly specification: EncoderSpecification;
  /** Numbers per point; per coordinate of a point where `layout` is another than `points`. */
  readonly channels: number;
  /** Numbers per track beside the points. */
  readonly features: number;
  /** How the numbers of a track lie; `points` if left out. */
  readonly layout?: RowLayout;
  /** What each of the channels is of, where its definition tells. */
  readonly origins?: readonly ChannelOrigin[];
  /** What each of the numbers per track is. */
  readonly featureNames?: readonly string[];
  /** Where a worker finds the definition, of one that is not built in. */
  readonly source?: ModuleExport;
  /** What the lengths of a track are divided by; 1 if left out. */
  unit?(track: Track): number;
  /**
   * Encodes the tracks at `indices` (all when absent), in that order.
   *
   * Throws {@link ModelError} for tracks of another dimension, longer than the encoder's length or, where it has none,
   * of several lengths.
   */
  encode(tracks: Tracks, indices?: ArrayLike<number>): EncodedTracks;
}

/** The encoders that are built in. */
export const encoders: readonly EncoderDefinition[] = [
  motionEncoder,
  multiscaleEncoder,
  invariantEncoder,
  coordinatewiseEncoder,
  standardizedEncoder,
  pictureEncoder,
  flattenedEncoder,
  pointwiseEncoder,
];

/**
 * The definition of that name, built in or among those of one's own.
 *
 * Throws {@link ModelError} that names those there are, and where one of one's own has the name of a built-in one.
 */
export function encoderByName(
  name: string,
  own: readonly EncoderDefinition[] = [],
): EncoderDefinition {
  for (const { name } of own) {
    if (name === 'own' || encoders.some((each) => each.name === name)) {
      throw new ModelError(`encoders has '${name}', which is built in: expected another name`);
    }
  }
  const all = [...encoders, ...own];
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new ModelError(`encoder kind is '${name}': expected ${names}`);
}

/**
 * An encoder from its specification.
 *
 * Throws {@link ModelError} for a specification that makes no sense or has a field that there is not, or whose kind does not exist.
 *
 * @param own definitions of one's own that the specification may mean.
 *
 * @example
 * encoder({ kind: 'motion', dim: 2, length: 600 }).channels; // 6
 * encoder({ kind: 'multiscale', dim: 2, length: null }).channels; // 8
 * encoder({ kind: 'standardized', dim: 2, length: null }).channels; // 2
 * encoder({ kind: 'flattened', dim: 2, length: 600, options: { lags: [8, 16, 24] } }).channels; // 4
 */
export function encoder(
  specification: EncoderSpecification,
  own: readonly EncoderDefinition[] = [],
): Encoder {
  checkOptions<EncoderSpecification>('encoder', specification, KNOWN, ModelError);
  const { kind, dim, length } = specification;
  if (dim !== 1 && dim !== 2 && dim !== 3)
    throw new ModelError(`encoder dim is ${dim}: expected 1, 2 or 3`);
  if (length !== null && !(Number.isInteger(length) && length >= 2)) {
    throw new ModelError(`encoder length is ${length}: expected an integer of at least 2, or null`);
  }
  if (kind === 'own') throw new ModelError(`encoder kind is 'own': give the encoder itself`);
  const definition = encoderByName(kind, own);
  if (definition.padded === false && length !== null) {
    throw new ModelError(`encoder length is ${length}: '${kind}' takes every length, null`);
  }
  return rowsOf(specification, specification.features ?? [], definition);
}

const KNOWN = { kind: true, dim: true, length: true, features: true, options: true } as const;

/** The tracks one after the other, each as its definition writes it, and the standard features beside. */
function rowsOf(
  specification: EncoderSpecification,
  standard: readonly StandardFeature[],
  definition: EncoderDefinition,
): Encoder {
  const { kind, dim, length: fixed } = specification;
  const { options: declared = {}, layout = 'points', source } = definition;
  const options = readOptions(`encoder ${kind}`, declared, specification.options);
  const channels = definition.channels(dim, options);
  const own = definition.features?.(dim, options) ?? 0;
  const perTrack = own + standard.length;
  const perPoint = layout === 'points' ? channels : dim * channels;
  const origins = definition.origins?.(dim, options);
  const ownNames =
    definition.featureNames?.(dim, options) ??
    Array.from({ length: own }, (_, k) => `feature ${k + 1}`);
  checkNumber(kind, 'origins', origins, channels);
  checkNumber(kind, 'featureNames', ownNames, own);
  return {
    specification,
    channels,
    features: perTrack,
    layout,
    ...(origins && { origins }),
    featureNames: [...ownNames, ...standard.map(({ name }) => name)],
    ...(source && { source }),
    ...(definition.unit && { unit: (track) => definition.unit!(track, options) }),
    encode(tracks, indices) {
      if (tracks.dim !== dim)
        throw new ModelError(`tracks have dim ${tracks.dim}: the model sees dim ${dim}`);
      const count = indices?.length ?? tracks.count;
      const index = (row: number) => (indices ? indices[row] : row);
      const length = fixed ?? (count > 0 ? tracks.lengthOf(index(0)) : 0);
      const inputs = new Float32Array(count * length * perPoint);
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
        definition.write(
          track,
          inputs.subarray(row * length * perPoint, (row + 1) * length * perPoint),
          features.subarray(row * perTrack, row * perTrack + own),
          options,
        );
      }
      const chosen = indices ? selectTracks(tracks, indices) : tracks;
      writeStandardFeatures(chosen, standard, features, perTrack, own);
      return { count, length, inputs, features };
    },
  };
}

/** Throws where a definition tells of more or fewer numbers than it writes. */
function checkNumber(
  kind: string,
  what: string,
  told: readonly unknown[] | undefined,
  written: number,
): void {
  if (told === undefined || told.length === written) return;
  throw new ModelError(
    `${what} of encoder '${kind}' has ${told.length} entries: expected ${written}, one for each number`,
  );
}
