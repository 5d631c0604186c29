import { selectTracks, Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { hasSpread, type Output } from '../card.ts';
import type { Encoder } from '../encode/encoder.ts';
import { inputTensors } from '../encode/input-tensors.ts';
import { answerOfCrops, correctedExponents, cropStarts, meanOf } from '../networks/bank-parts.ts';
import type { Answering } from '../predict/answering.ts';
import { networkBatches } from '../predict/network-answers.ts';
import type { NetworkBank } from './network-bank.ts';

/** How a bank is asked. */
export interface BankToAsk {
  readonly bank: NetworkBank;
  readonly encoder: Encoder;
  readonly output: Output;
  /** What exponents are multiplied by before they are cut to [0.05, 2]; undefined: they stay as they are. */
  readonly correction: number | undefined;
}

/**
 * How a bank answers on this thread: tracks of one length go through the networks of the nearest shorter length together,
 * each cropped from its beginning and from its end.
 */
export function bankAnswering(asked: BankToAsk): Answering {
  return {
    batches: (tracks, rows, batchSize = 128) =>
      networkBatches(asked.encoder, tracks, rows, batchSize),
    async answer(tracks, rows) {
      const output = tf.tidy(() => answerOf(asked, selectTracks(tracks, rows)));
      const answers = (await output.data()) as Float32Array;
      output.dispose();
      return { answers };
    },
  };
}

/** Answers for tracks of one length, which is the shortest of the bank or longer. */
function answerOf({ bank, encoder, output, correction }: BankToAsk, tracks: Tracks): tf.Tensor {
  const points = tracks.lengthOf(0);
  const length = bank.lengths.filter((n) => n <= points).pop() as number;
  const crops = cropStarts(points, length).map((from) => {
    const encoded = encoder.encode(croppedTracks(tracks, from, length));
    return inputTensors(bank.network, encoded)[0] as tf.Tensor3D;
  });
  const answer = meanOf(bank.ofLength(length, (halves) => answerOfCrops(halves, crops)));
  if (output.kind !== 'exponent' || correction === undefined) return answer;
  if (!hasSpread(output)) return correctedExponents(answer, correction);
  // The spread is of the exponent as the network says it, and stays.
  const [exponent, spread] = tf.split(answer as tf.Tensor2D, 2, 1);
  return tf.concat([correctedExponents(exponent, correction), spread], 1);
}

/** `length` points of every track, from point `from`. */
export function croppedTracks(tracks: Tracks, from: number, length: number): Tracks {
  const { count, dim } = tracks;
  const positions = new Float64Array(count * length * dim);
  for (const track of tracks) {
    const stretch = track.positions.subarray(from * dim, (from + length) * dim);
    positions.set(stretch, track.index * length * dim);
  }
  return new Tracks({
    positions,
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * length),
    dim,
  });
}
