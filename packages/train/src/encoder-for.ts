import {
  type Encoder,
  type EncoderDefinition,
  type EncoderRequest,
  encoder,
  measuredEncoder,
  type NetworkDescription,
} from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';

/**
 * How tracks are given to a network: a specification, whose features may be names alone, a definition of one's own alone, or
 * the encoder itself.
 */
export type EncoderChoice = EncoderRequest | EncoderDefinition | Encoder;

/** Tracks that an encoder must take. */
export interface TracksToEncode {
  readonly dim: 1 | 2 | 3;
  /** Points of the longest, as far as that is known. */
  readonly longest: number | undefined;
  /** Tracks as training shows them, on which features are measured that have only a name. */
  sample(): Tracks;
}

/**
 * The encoder that a caller means. Of a definition alone, rows are as long as their tracks where the definition or the
 * network wants no padding, and else as long as the longest track.
 *
 * Throws {@link TrainError} where that is not known, `ModelError` for a kind that does not exist.
 *
 * @param own definitions of one's own that a specification may mean.
 */
export function encoderFor(
  choice: EncoderChoice,
  { input }: NetworkDescription,
  own: readonly EncoderDefinition[],
  { dim, longest, sample }: TracksToEncode,
): Encoder {
  if ('encode' in choice) return choice;
  if (!('write' in choice)) return encoder(measuredEncoder(choice, sample), own);
  const { name: kind, padded } = choice;
  const length = padded === false || input?.padded === false ? null : longest;
  if (length === undefined) {
    throw new TrainError(
      `encoder '${kind}' pads to the longest track, which the source does not know: expected its specification, { kind: '${kind}', dim: ${dim}, length }, and encoders: [...]`,
    );
  }
  return encoder({ kind, dim, length }, [...own.filter(({ name }) => name !== kind), choice]);
}
