import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Application } from './application.ts';
import type { Graph, Value } from './graph.ts';
import { refuse } from './refuse.ts';
import { translations } from './translations.ts';

type Layer = InstanceType<typeof layers.Layer>;

/** One layer applied to values; `shapes` are those of its inputs in tfjs. */
export function translateLayer(
  graph: Graph,
  prefix: string,
  layer: Layer,
  inputs: readonly Value[],
  shapes: Application['shapes'],
): Value {
  const kind = layer.getClassName();
  // Not a property of every object: a class may have any name.
  if (!Object.hasOwn(translations, kind)) return refuse(layer);
  const values = layer.getWeights();
  const weights = Object.fromEntries(
    layer.weights.map(({ originalName }, i) => [originalName.replace(/^.*\//, ''), values[i]]),
  );
  const named = (part: string) => `${prefix}${layer.name}/${part}`;
  graph.at(`${prefix}${layer.name}`);
  return translations[kind]({
    layer,
    config: layer.getConfig(),
    weights,
    inputs,
    shapes,
    graph,
    named,
    weight: (part, permutation) => graph.weight(named(part), weights[part], permutation),
  });
}

/**
 * The layers behind some results of a network, each after those that it takes from, as operators of a graph. Called within
 * `tf.tidy`.
 *
 * @param known values by the ids of the network's inputs.
 * @param prefix what all names have in front.
 */
export function translate(
  graph: Graph,
  results: readonly SymbolicTensor[],
  known: ReadonlyMap<number, Value>,
  prefix = '',
): Value[] {
  const values = new Map(known);
  const translated = (tensor: SymbolicTensor): Value => {
    const found = values.get(tensor.id);
    if (found !== undefined) return found;
    const { sourceLayer: layer, nodeIndex } = tensor;
    const { inputTensors } = layer.inboundNodes[nodeIndex];
    if (inputTensors.length === 0) return refuse(layer, 'as an input');
    const inputs = inputTensors.map(translated);
    const shapes = inputTensors.map(({ shape }) => shape);
    const value = translateLayer(graph, prefix, layer, inputs, shapes);
    values.set(tensor.id, value);
    return value;
  };
  return results.map(translated);
}
