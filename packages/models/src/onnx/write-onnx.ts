import { tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkCard, Output } from '../card.ts';
import { type Graph, graphOf } from './graph.ts';
import { modelBytes } from './model-bytes.ts';
import { translate } from './translate.ts';

/** What is written as ONNX: a network, and the card that says how to feed it, where there is one. */
export interface OnnxSource {
  readonly network: LayersModel;
  readonly card?: NetworkCard;
}

/**
 * A network as the bytes of an ONNX file (operator set 17, float32), which ONNX Runtime and others run without this
 * package. Any number of tracks go through it together, of any one length where the network takes any.
 *
 * It takes what the card's encoder writes of a track, not positions: inputs `track` [batch, time, channels] (a picture:
 * [batch, height, width, channels]) and, where the network wants numbers per track, `features` [batch, features]. It gives
 * `class` [batch, classes] and `exponent` [batch, 1] or, with the logarithm of its spread, [batch, 2]. Without a card, inputs
 * and outputs are called as their layers are. The card is in the file's metadata as JSON, under `card`. Outputs are those of
 * the network in inference mode: what `predict` does beside, such as the domain, is not part of the file.
 *
 * Throws {@link ModelError} that names the layer which has no translation.
 *
 * @example
 * const { card, network } = await loadModel('out/model');
 * await writeFile('model.onnx', writeOnnx({ card, network }));
 */
export function writeOnnx({ network, card }: OnnxSource): Uint8Array {
  return tidy(() => {
    const graph = graphOf();
    const inputs = network.inputs.map(({ id, shape }, i) => {
      const name = card ? ['track', 'features'][i] : network.inputNames[i];
      return [id, graph.input(name, shape)] as const;
    });
    const results = translate(graph, network.outputs, new Map(inputs));
    const names = card ? outputNames(card.output) : network.outputNames;
    for (const [i, { shape }] of network.outputs.entries()) {
      graph.output(names[i], results[i], shape);
    }
    return fileOf(graph, network.name, card);
  });
}

/** What the outputs of a network are called, in their order. */
export const outputNames = ({ kind }: Output): readonly string[] =>
  ({ classes: ['class'], exponent: ['exponent'], both: ['class', 'exponent'], points: ['points'] })[
    kind
  ];

/** A whole graph as a file, with the card. */
export function fileOf(graph: Graph, name: string, card: NetworkCard | undefined): Uint8Array {
  const { nodes, initializers, inputs, outputs } = graph;
  return modelBytes({
    name,
    about: 'Made by @diffusion/models: the metadata "card" says what the network sees and answers.',
    nodes,
    initializers,
    inputs,
    outputs,
    metadata: card ? { card: JSON.stringify(card) } : {},
  });
}
