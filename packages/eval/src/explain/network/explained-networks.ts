import type { BankModel, Encoder, NetworkModel, TrackModel } from '@diffusion/models';
import { encoder } from '@diffusion/models';
import { croppedTracks, cropStarts, networkBatches } from '@diffusion/models/inference';
import { inputTensors } from '@diffusion/models/training';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import type * as tf from '@tensorflow/tfjs-core';
import { EvaluationError } from '../../errors.ts';
import { type Graph, graphOfNetwork, growingGraph } from './graph.ts';

/** A stretch of every track of a batch as it is fed. */
export interface Fed {
  /** Where it begins, in points. */
  readonly from: number;
  /** Its points in the track. */
  readonly length: number;
  readonly inputs: readonly tf.Tensor[];
}

/** A network, or a bank of them, as it is explained. */
export interface ExplainedNetwork {
  readonly encoder: Encoder;
  /** What the answers are multiplied by. */
  readonly factor: number;
  /** Rows that go through together. */
  batches(tracks: Tracks, rows: readonly number[], batchSize: number): Iterable<readonly number[]>;
  /** Feeds the tracks of a batch. Called within `tf.tidy`. */
  feed(tracks: Tracks, rows: readonly number[]): readonly Fed[];
  /** Calls `use` with each network that judges such tracks, whose answers are averaged. */
  graphs<Result>(fed: readonly Fed[], use: (graph: Graph) => Result): Result[];
}

/** The networks of a model; those of an ensemble one after the other. */
export function explainedNetworks(model: TrackModel): ExplainedNetwork[] {
  const members = model.kind === 'ensemble' ? model.models : [model];
  return members.map((member) => {
    if (member.kind === 'network') return ofNetwork(member);
    if (member.kind === 'bank') return ofBank(member);
    throw new EvaluationError(
      `model is ${member.card.network.name}, a classifier without a network: expected networks, a bank or an ensemble of them`,
    );
  });
}

function ofNetwork({ network, encoder: encode }: NetworkModel): ExplainedNetwork {
  const graph = graphOfNetwork(network);
  return {
    encoder: encode,
    factor: 1,
    batches: (tracks, rows, batchSize) => networkBatches(encode, tracks, rows, batchSize),
    feed(tracks, rows) {
      const encoded = encode.encode(tracks, rows);
      return [{ from: 0, length: encoded.length, inputs: inputTensors(network, encoded) }];
    },
    graphs: (_, use) => [use(graph)],
  };
}

function ofBank({ bank, card }: BankModel): ExplainedNetwork {
  const encode = encoder(card.encoder);
  return {
    encoder: encode,
    factor: card.output.kind === 'exponent' ? card.bank.correction : 1,
    batches: (tracks, rows, batchSize) => networkBatches(encode, tracks, rows, batchSize),
    feed(tracks, rows) {
      const chosen = selectTracks(tracks, rows);
      const points = chosen.lengthOf(0);
      const length = bank.lengths.filter((n) => n <= points).pop();
      if (length === undefined) {
        throw new EvaluationError(
          `tracks have ${points} points: expected ${bank.lengths[0]} or more, as the shortest network of the bank`,
        );
      }
      return cropStarts(points, length).map((from) => {
        const encoded = encode.encode(croppedTracks(chosen, from, length));
        return { from, length, inputs: inputTensors(bank.network, encoded) };
      });
    },
    graphs: ([{ length }, ...others], use) =>
      bank.ofLength(length, ({ features, head }) => {
        const graph = growingGraph();
        const inputs = [length, ...others].map(() => graph.input());
        const vectors = inputs.map((input) => graph.network(features, [input])[0]);
        const mean = graph.add({ name: 'crops', kind: 'Mean', inputs: vectors });
        const outputs = [graph.apply(head, [mean])];
        return use({ inputs, steps: graph.steps, outputs });
      }),
  };
}
