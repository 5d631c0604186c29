import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelCard, NetworkCard } from './card.ts';
import type { Classifier } from './classical/classifier.ts';
import { disposeNetwork } from './dispose-network.ts';
import { domainReasons } from './domain/reasons.ts';
import { type Encoder, encoder } from './encode/encoder.ts';
import { inputTensors } from './encode/input-tensors.ts';
import { checkShapes } from './networks/check-shapes.ts';
import { judged, type Prediction, predictionOf } from './prediction.ts';

export interface PredictOptions {
  /** Tracks per call of a network or a classifier. */
  readonly batchSize?: number;
  /** Told of how many tracks the answer is known, those included that are not judged. */
  readonly onProgress?: (done: number) => void;
}

/** A model with all it needs to judge tracks: a network, or a classical classifier in its place. */
export interface TrackModel {
  readonly card: ModelCard;
  readonly network?: LayersModel;
  readonly encoder?: Encoder;
  readonly classifier?: Classifier;
  /**
   * Judges every track, in the order of the input; one outside of what the model has seen gets a reason in place of an
   * answer.
   *
   * @param tracks tracks of any lengths and any units.
   */
  predict(tracks: Tracks, options?: PredictOptions): Promise<Prediction>;
  /** Frees the weights. */
  dispose(): void;
}

/** A {@link TrackModel} that is a network. */
export interface NetworkModel extends TrackModel {
  readonly card: NetworkCard;
  readonly network: LayersModel;
  readonly encoder: Encoder;
}

/**
 * Joins a network with the card that says how to feed it. Where the encoder has no length of its own, tracks of one
 * length go through the network together.
 *
 * Throws {@link ModelError} when the network's input or output does not have the shape that the card asks for.
 *
 * @param own the encoder, where the card's is `own`.
 */
export function trackModel(network: LayersModel, card: NetworkCard, own?: Encoder): NetworkModel {
  const encode = own ?? encoder(card.encoder);
  checkShapes({ name: card.network.name, network, encoder: encode, output: card.output });
  return {
    card,
    network,
    encoder: encode,
    dispose: () => disposeNetwork(network),
    async predict(tracks, { batchSize, onProgress } = {}) {
      const reasons = await domainReasons(card.domain, tracks);
      const inside = judged(reasons);
      const refused = tracks.count - inside.length;
      const answers = await networkAnswers(network, encode, tracks, inside, batchSize, (done) =>
        onProgress?.(refused + done),
      );
      return predictionOf(card.output, answers, reasons);
    },
  };
}

/**
 * A network's answers in inference mode: tracks × outputs, NaN for tracks that are not asked for. There is a turn of the
 * event loop after every batch, so that a page stays alive and an interruption is heard.
 *
 * @param rows places of the tracks to judge.
 * @param onProgress told the number of them done.
 */
export async function networkAnswers(
  network: LayersModel,
  encode: Encoder,
  tracks: Tracks,
  rows: readonly number[],
  batchSize = 128,
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  const width = outputsOf(network);
  const answers = new Float32Array(tracks.count * width).fill(Number.NaN);
  let done = 0;
  for (const batch of networkBatches(encode, tracks, rows, batchSize)) {
    const out = await applyNetwork(network, encode, tracks, batch);
    for (const [r, row] of batch.entries()) {
      answers.set(out.subarray(r * width, (r + 1) * width), row * width);
    }
    done += batch.length;
    onProgress?.(done);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return answers;
}

/** Numbers that a network answers per track, over all of its outputs. */
const outputsOf = (network: LayersModel): number =>
  network.outputs.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 0), 0);

/**
 * The rows of a set of tracks in the batches in which a network judges them: in order, or of one length each where the
 * encoder has none of its own. A model without an encoder takes them in order.
 */
export function* networkBatches(
  encode: Encoder | undefined,
  tracks: Tracks,
  rows: readonly number[],
  batchSize: number,
): Generator<readonly number[]> {
  const anyLength = encode !== undefined && encode.specification.length === null;
  const inOrder = anyLength
    ? [...rows].sort((a, b) => tracks.lengthOf(a) - tracks.lengthOf(b) || a - b)
    : rows;
  let from = 0;
  for (let to = 1; to <= inOrder.length; to++) {
    const other = anyLength && tracks.lengthOf(inOrder[to] ?? 0) !== tracks.lengthOf(inOrder[from]);
    if (to < inOrder.length && to - from < batchSize && !other) continue;
    yield inOrder.slice(from, to);
    from = to;
  }
}

/** The network's answers for the tracks at `rows`: rows × outputs, of several outputs one beside the other. */
export async function applyNetwork(
  network: LayersModel,
  encode: Encoder,
  tracks: Tracks,
  rows: ArrayLike<number>,
): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const inputs = inputTensors(network, encode.encode(tracks, rows));
    const answers = network.predict(inputs.length === 1 ? inputs[0] : inputs);
    return Array.isArray(answers) ? tf.concat(answers as tf.Tensor2D[], 1) : answers;
  });
  const data = (await output.data()) as Float32Array;
  output.dispose();
  return data;
}
