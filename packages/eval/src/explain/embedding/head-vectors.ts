import type { NetworkModel } from '@diffusion/models';
import { networkAnswers } from '@diffusion/models/inference';
import type { Tracks } from '@diffusion/tracks';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { EvaluationError } from '../../errors.ts';

/** Vectors of tracks: a row per track. */
export interface HeadVectors {
  readonly width: number;
  /** Tracks × width; NaN for a track that is not asked for. */
  readonly values: Float32Array;
}

/**
 * What a network knows of each track before its last layer decides (WADNet 2021 shows them): the input of its
 * first output.
 *
 * Throws {@link EvaluationError} for a network that answers for every point.
 *
 * @param rows places of the tracks; all unless told.
 *
 * @example
 * const { width, values } = await headVectors(model, tracks);
 */
export async function headVectors(
  { network, encoder, card }: NetworkModel,
  tracks: Tracks,
  rows: readonly number[] = Array.from({ length: tracks.count }, (_, i) => i),
): Promise<HeadVectors> {
  if (card.output.kind === 'points') {
    throw new EvaluationError('the model answers for every point: expected one that judges tracks');
  }
  const before = beforeHead(network);
  const flat =
    before.shape.length === 2
      ? before
      : (layers.flatten({ name: 'vector' }).apply(before) as SymbolicTensor);
  const part = model({ inputs: network.inputs, outputs: flat });
  const width = flat.shape[1] as number;
  return { width, values: await networkAnswers(part, encoder, tracks, rows) };
}

/** What goes into the last layer with weights before the first output. */
function beforeHead(network: LayersModel): SymbolicTensor {
  let layer = network.outputs[0].sourceLayer;
  while (layer.weights.length === 0) layer = (layer.input as SymbolicTensor).sourceLayer;
  return layer.input as SymbolicTensor;
}
