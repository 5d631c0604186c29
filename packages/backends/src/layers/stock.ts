import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';

/**
 * The class of a tfjs layer by its registered name: tfjs-layers exports functions that make layers, not their classes. Its
 * type has to be written out where it is used, by what those functions take and return: the declarations that the compiler
 * would write name files inside tfjs-layers, which no user's compiler finds.
 */
export function stockClass<Layer, Config>(className: string): new (config: Config) => Layer {
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  return known[0] as unknown as new (
    config: Config,
  ) => Layer;
}

/** The one tensor that a layer was given. */
export const onlyTensor = <T extends tf.Tensor>(inputs: tf.Tensor | tf.Tensor[]): T =>
  (Array.isArray(inputs) ? inputs[0] : inputs) as T;
