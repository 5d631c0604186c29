import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';

/** The class of a tfjs layer by its registered name: tfjs-layers exports functions that make layers, not their classes. */
export function stockClass<Layer, Config>(className: string): new (config: Config) => Layer {
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  return known[0] as unknown as new (
    config: Config,
  ) => Layer;
}

/** The one tensor that a layer was given. */
export const onlyTensor = <T extends tf.Tensor>(inputs: tf.Tensor | tf.Tensor[]): T =>
  (Array.isArray(inputs) ? inputs[0] : inputs) as T;
