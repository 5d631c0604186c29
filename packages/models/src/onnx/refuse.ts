import type { layers } from '@tensorflow/tfjs-layers';
import { ModelError } from '../errors.ts';

/** Throws that a layer, or what it is told, has no translation. */
export function refuse(layer: InstanceType<typeof layers.Layer>, what?: string): never {
  const kind = layer.getClassName();
  throw new ModelError(
    `layer '${layer.name}' (${kind})${what ? ` ${what}` : ''} has no translation to ONNX`,
  );
}
