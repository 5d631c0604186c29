import type * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';

/** Whether no other tensor has the memory of this one, so that a kernel may write to it: a clone shares it. */
export const isAlone = ({ backend }: Host, { dataId }: tf.TensorInfo): boolean =>
  backend.dataIdMap.get(dataId).refCount === 1;
