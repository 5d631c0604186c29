import { onesLike, zerosLike } from '@tensorflow/tfjs-core';
import { EPSILON } from '../networks/layers/feature-normalization.ts';
import { type Translation, withActivation } from './application.ts';
import { refuse } from './refuse.ts';

/** `BatchNormalization` of tfjs and `FusedBatchNormalization`, over the channels. */
export const batchNormalization: Translation = (application) => {
  const { layer, config, graph, inputs, weights, named } = application;
  const rank = inputs[0].axes.length;
  const axis = config.axis as number;
  if (axis !== -1 && axis !== rank - 1) refuse(layer, `with axis ${axis}`);
  const { moving_mean: mean, moving_variance: variance } = weights;
  const { gamma = onesLike(mean), beta = zerosLike(mean) } = weights;
  const parts = { gamma, beta, moving_mean: mean, moving_variance: variance };
  const names = Object.entries(parts).map(([part, tensor]) => graph.weight(named(part), tensor));
  const x = graph.channelsSecond(inputs[0]);
  const attributes = { epsilon: { float: config.epsilon as number } };
  return withActivation(
    application,
    graph.add('BatchNormalization', [x, ...names], { attributes }),
  );
};

/** `FeatureNormalization`: layer normalisation of [batch, features]. */
export const featureNormalization: Translation = ({ graph, inputs: [x], weight }) =>
  graph.add('LayerNormalization', [x, weight('gamma'), weight('beta')], {
    attributes: { axis: -1, epsilon: { float: EPSILON } },
  });
