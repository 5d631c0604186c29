import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The kernels of a convolution: one per output map. */
export interface LayerKernels {
  readonly layer: string;
  /** Points along time, or height and width. */
  readonly size: readonly number[];
  readonly inputs: number;
  readonly outputs: number;
  /** size × inputs × outputs, as the layer has them. */
  readonly values: Float32Array;
}

/**
 * The kernels of every convolution of a network, from the input on.
 *
 * @example
 * const [{ layer, size, outputs }] = layerKernels(model.network);
 */
export function layerKernels(network: LayersModel): LayerKernels[] {
  return network.layers.flatMap(({ name, weights }) => {
    const kernel = weights.find(
      (weight) => /kernel(_\d+)?$/.test(weight.originalName) && weight.shape.length >= 3,
    );
    if (!kernel) return [];
    const shape = kernel.shape as number[];
    return [
      {
        layer: name,
        size: shape.slice(0, -2),
        inputs: shape[shape.length - 2],
        outputs: shape[shape.length - 1],
        values: Float32Array.from(kernel.read().dataSync()),
      },
    ];
  });
}
