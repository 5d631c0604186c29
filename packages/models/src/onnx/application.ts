import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { activated } from './activations.ts';
import type { Graph, Value } from './graph.ts';
import { refuse } from './refuse.ts';

/** A layer where it is applied: what a translation is given. */
export interface Application {
  readonly layer: InstanceType<typeof layers.Layer>;
  /** What the layer was made with. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its weights by the last parts of their names. */
  readonly weights: Readonly<Record<string, Tensor>>;
  readonly inputs: readonly Value[];
  /** The shapes of the inputs in tfjs; null is any length. */
  readonly shapes: readonly (readonly (number | null)[])[];
  readonly graph: Graph;
  /** The name of one of its weights in the file, turned by a permutation. */
  weight(part: string, permutation?: number[]): string;
  /** What is not weights, under a name of the layer's own. */
  named(part: string): string;
}

/** A layer as operators: adds them to the graph and gives the result. */
export type Translation = (application: Application) => Value;

/** Throws where the channels of a layer's input are not last: the networks here have none. */
export function refuseChannelsFirst({ layer, config }: Application): void {
  if (config.dataFormat === 'channelsFirst') refuse(layer, "with dataFormat 'channelsFirst'");
}

/** A value through the activation that the layer was made with. Throws where that has no translation. */
export function withActivation({ graph, layer, config }: Application, value: Value): Value {
  const { activation } = config;
  return (
    activated(graph, value, activation) ??
    refuse(layer, `with the activation '${String(activation)}'`)
  );
}
