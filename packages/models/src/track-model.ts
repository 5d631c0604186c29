import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkCard } from './card.ts';
import { disposeNetwork } from './dispose-network.ts';
import { type Encoder, encoder } from './encode/encoder.ts';
import { checkShapes } from './networks/check-shapes.ts';
import type { NetworkModel } from './predict/model.ts';
import { networkAnswering } from './predict/network-answers.ts';
import { predictWith } from './predict/predict-with.ts';
import { showModel } from './show-model.ts';

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
  const member = { card, ...networkAnswering(network, encode) };
  return showModel({
    kind: 'network',
    card,
    network,
    encoder: encode,
    dispose: () => disposeNetwork(network),
    predict: (tracks, options) => predictWith([member], tracks, options),
  });
}
