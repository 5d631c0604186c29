import type { Graph, Value } from './graph.ts';
import type { Attribute } from './model-bytes.ts';

interface Operator {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** Activations of tfjs by their names, and the operator of ONNX that each is; its defaults are those of tfjs. */
export const activations: Readonly<Record<string, Operator>> = {
  relu: { type: 'Relu' },
  elu: { type: 'Elu' },
  sigmoid: { type: 'Sigmoid' },
  hardSigmoid: { type: 'HardSigmoid' },
  softplus: { type: 'Softplus' },
  softsign: { type: 'Softsign' },
  tanh: { type: 'Tanh' },
  softmax: { type: 'Softmax', attributes: { axis: -1 } },
};

/** A value through an activation; undefined where there is no such operator. */
export function activated(graph: Graph, value: Value, name: unknown): Value | undefined {
  if (name === undefined || name === null || name === 'linear') return value;
  const operator = activations[name as string];
  if (operator === undefined) return undefined;
  const { type, attributes } = operator;
  // The shares of a softmax add to one over the channels, which must be last.
  const input = name === 'softmax' ? graph.channelsLast(value) : value;
  return graph.add(type, [input], { attributes });
}
