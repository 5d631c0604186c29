import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, type LayerVariable, type layers, models } from '@tensorflow/tfjs-layers';
import { registerLayers } from './register.ts';

type Layer = InstanceType<typeof layers.Layer>;
/** [layer's name, its node, the node's output, options] */
type Reference = [string, number, number, object?];
interface LayerJson {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: Reference[][];
}
interface ModelJson {
  config: { layers: LayerJson[]; output_layers: Reference[] };
}

const NORMALISATIONS = ['BatchNormalization', 'FusedBatchNormalization'];

/** The last part of a weight's name. */
const partOf = ({ originalName }: LayerVariable) => originalName.replace(/^.*\//, '');

const weightsOf = (layer: Layer): Record<string, tf.Tensor> =>
  Object.fromEntries(layer.weights.map((weight) => [partOf(weight), weight.read()]));

/** The layer whose result a normalisation takes, if it is linear in its weights and nobody else takes it. */
function sourceOf(normalisation: LayerJson, all: LayerJson[], model: LayersModel, json: ModelJson) {
  const [[[name] = []] = []] = normalisation.inbound_nodes;
  const source = all.find((layer) => layer.name === name);
  if (!source || normalisation.inbound_nodes.length !== 1 || source.inbound_nodes.length !== 1) {
    return undefined;
  }
  const references = all.flatMap(({ inbound_nodes }) => inbound_nodes.flat());
  const taken = [...references, ...json.config.output_layers].filter(([to]) => to === name);
  const parts = model.getLayer(source.name).weights.map(partOf);
  const linear = (source.config.activation ?? 'linear') === 'linear';
  const known = parts[0] === 'kernel' && (parts.length === 1 || parts.join() === 'kernel,bias');
  const rank = model.getLayer(normalisation.name).outputShape.length;
  const last = [-1, rank - 1].includes(normalisation.config.axis as number);
  const { activation = 'linear' } = normalisation.config;
  const rectifies = activation === 'linear' || 'activation' in source.config;
  return taken.length === 1 && linear && known && last && rectifies ? source : undefined;
}

/** Kernel and bias of a layer that does what it and the normalisation after it do. */
function folded(source: Layer, normalisation: Layer, epsilon: number): tf.Tensor[] {
  const { kernel, bias } = weightsOf(source);
  const { gamma, beta, moving_mean, moving_variance } = weightsOf(normalisation);
  const inverse = tf.rsqrt(tf.add(moving_variance, epsilon));
  const factor = gamma ? tf.mul(gamma, inverse) : inverse;
  const shift = tf.mul(tf.sub(bias ?? 0, moving_mean), factor);
  return [tf.mul(kernel, factor), beta ? tf.add(shift, beta) : shift];
}

/**
 * A model that predicts what `model` predicts, without the batch normalisations that follow a convolution or a dense layer
 * directly: they are multiplied into its weights, and their activation becomes that layer's. For prediction only; the
 * weights are copies.
 *
 * @example
 * const faster = await foldBatchNormalization(model);
 * const classes = faster.predict(tracks);
 */
export async function foldBatchNormalization(model: LayersModel): Promise<LayersModel> {
  registerLayers();
  const json = model.toJSON(null, false) as unknown as ModelJson;
  const all = json.config.layers;
  const pairs = new Map<string, LayerJson>();
  for (const layer of all) {
    const source = NORMALISATIONS.includes(layer.class_name)
      ? sourceOf(layer, all, model, json)
      : undefined;
    if (!source) continue;
    pairs.set(layer.name, source);
    if ('activation' in source.config)
      source.config.activation = layer.config.activation ?? 'linear';
  }
  const follow = (reference: Reference) => {
    reference[0] = pairs.get(reference[0])?.name ?? reference[0];
  };
  for (const { inbound_nodes } of all) inbound_nodes.flat().forEach(follow);
  json.config.output_layers.forEach(follow);
  for (const source of pairs.values()) source.config.use_bias = true;
  json.config.layers = all.filter(({ name }) => !pairs.has(name));

  const result = await models.modelFromJSON(json as never);
  const normalisationOf = new Map([...pairs].map(([name, source]) => [source.name, name]));
  tf.tidy(() => {
    for (const layer of result.layers) {
      const before = model.getLayer(layer.name);
      const normalisation = normalisationOf.get(layer.name);
      if (normalisation === undefined) layer.setWeights(before.getWeights());
      else {
        const after = model.getLayer(normalisation);
        layer.setWeights(folded(before, after, after.getConfig().epsilon as number));
      }
    }
  });
  return result;
}
