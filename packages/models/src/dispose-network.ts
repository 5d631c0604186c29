import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Frees all weights of a network. tfjs' own `dispose` counts a layer once per place where it is used, so the weights
 * of a shared layer (WADNet's 1×1 convolution) would stay.
 */
export function disposeNetwork(network: LayersModel): void {
  const weights = network.weights.map((weight) => weight.read());
  network.dispose();
  for (const weight of weights) if (!weight.isDisposed) weight.dispose();
}
