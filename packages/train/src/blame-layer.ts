import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { dropTape } from './drop-tape.ts';

type Layer = layers.Layer;

/** A layer at which a step of training ends, and how. */
export interface Blame {
  readonly layer: Layer;
  /** `answer`: it gives none; `gradient`: it gives one that cannot be derived. */
  readonly of: 'answer' | 'gradient';
  readonly error: Error;
}

/**
 * The layer that cannot be trained on this backend, found by trying each by itself, those within a nested network too;
 * undefined where each of them can. A gradient is asked for only where training needs it: of the weights of a layer, and
 * of what it is given where something before it has weights that are trained.
 *
 * @param length points in place of an axis of any length.
 * @param derived whether a gradient of what the network is given is needed.
 */
export function blameLayer(
  network: LayersModel,
  length: number,
  derived = false,
): Blame | undefined {
  const learns = new Set<Layer>();
  for (const layer of network.layers) {
    const before = layersBefore(layer);
    const isInput = before.length === 0;
    const through = isInput ? derived : before.some((each) => learns.has(each));
    if (through || layer.trainableWeights.length > 0) learns.add(layer);
    const inner =
      'layers' in layer ? blameLayer(layer as unknown as LayersModel, length, through) : undefined;
    const blame = inner ?? tryLayer(layer, through, length);
    if (blame) return blame;
  }
  return undefined;
}

const layersBefore = ({ inboundNodes }: Layer): readonly Layer[] =>
  inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);

function tryLayer(layer: Layer, through: boolean, length: number): Blame | undefined {
  const [node] = layer.inboundNodes;
  if (!node || node.inboundLayers.length === 0) return undefined;
  let of: Blame['of'] = 'answer';
  try {
    tf.tidy(() => {
      const inputs = node.inputShapes.map((shape) =>
        tf.randomNormal(
          (shape as (number | null)[]).map((n, axis) => n ?? (axis === 0 ? 2 : length)),
          0,
          1,
          'float32',
          1,
        ),
      );
      const sum = (...given: tf.Tensor[]) => {
        const answer = layer.apply(given.length === 1 ? given[0] : given, { training: true });
        const parts = (Array.isArray(answer) ? answer : [answer]) as tf.Tensor[];
        return parts.map((part) => tf.sum(tf.cast(part, 'float32'))).reduce((a, b) => tf.add(a, b));
      };
      sum(...inputs);
      of = 'gradient';
      const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
      if (weights.length > 0) tf.variableGrads(() => sum(...inputs) as tf.Scalar, weights);
      if (through) tf.grads(sum)(inputs);
    });
    return undefined;
  } catch (error) {
    dropTape();
    return { layer, of, error: error as Error };
  }
}
