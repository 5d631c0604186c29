import { type Tensor, transpose } from '@tensorflow/tfjs-core';
import type { Attribute, Initializer, OnnxNode, Port } from './model-bytes.ts';

/**
 * A result within the graph and the order of its axes, a letter each: b the batch, t time, h and w of a picture, c
 * channels. Layers of tfjs have channels last, convolutions of ONNX have them second, its LSTM has time first.
 */
export interface Value {
  readonly name: string;
  readonly axes: string;
}

/** The order of the axes in tfjs. */
export const axesOfRank = (rank: number): string => ['', 'b', 'bc', 'btc', 'bhwc'][rank] ?? '';

/** The order of the axes in convolutions, poolings and normalisations of ONNX. */
const channelsSecondOfRank = (rank: number): string => ['', 'b', 'bc', 'bct', 'bchw'][rank] ?? '';

/** Names of the axes that may have any length, in the order of tfjs. */
const axisNames: Readonly<Record<number, readonly string[]>> = {
  2: ['batch', 'features'],
  3: ['batch', 'time', 'channels'],
  4: ['batch', 'height', 'width', 'channels'],
};

/** A graph as it grows. */
export interface Graph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** An input of the file, its shape that of tfjs: null is any length. */
  input(name: string, shape: readonly (number | null)[]): Value;
  /** Makes a value an output of the file, its axes in the order of tfjs. */
  output(name: string, value: Value, shape: readonly (number | null)[]): void;
  /** Adds an operator with one result, or with its `result`th, whose axes are those of the first input unless told. */
  add(type: string, inputs: readonly (Value | string)[], options?: NodeOptions): Value;
  /** The value with its axes in another order: the same value where they are, and turned but once. */
  arranged(value: Value, axes: string): Value;
  /** The value with its axes in the order of tfjs. */
  channelsLast(value: Value): Value;
  /** The value with its channels second, where convolutions, poolings and normalisations of ONNX have them. */
  channelsSecond(value: Value): Value;
  /** The name of a tensor's numbers, turned by a permutation where there is one; the same name again is the same numbers. */
  weight(name: string, tensor: Tensor, permutation?: number[]): string;
  /** The name of a list of integers or of a number. */
  constant(name: string, values: BigInt64Array | number): string;
  /** A name that what is added from now on has in front of its own. */
  at(name: string): void;
}

interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly axes?: string;
  readonly result?: number;
}

/** An empty graph. */
export function graphOf(): Graph {
  const nodes: OnnxNode[] = [];
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const initializers = new Map<string, Initializer>();
  const turned = new Map<string, Value>();
  // Results, places and ports each among themselves: a result has the place it is at and a slash in its name.
  const [unique, uniquePlace, uniquePort] = [counted(), counted(), counted()];
  let place = '';

  const add: Graph['add'] = (type, inputs, { attributes = {}, axes, result = 0 } = {}) => {
    const name = unique(`${place}/${type}`);
    const outputs = [...Array.from({ length: result }, () => ''), name];
    const names = inputs.map((input) => (typeof input === 'string' ? input : input.name));
    nodes.push({ name, type, inputs: names, outputs, attributes });
    const first = inputs.find((input) => typeof input !== 'string');
    return { name, axes: axes ?? first?.axes ?? '' };
  };
  const portOf = (name: string, shape: readonly (number | null)[]): Port => ({
    name: uniquePort(name),
    shape: shape.map((n, axis) => n ?? axisNames[shape.length]?.[axis] ?? `axis${axis}`),
  });
  const arranged: Graph['arranged'] = (value, axes) => {
    if (value.axes === axes) return value;
    const key = `${value.name} ${axes}`;
    let found = turned.get(key);
    if (found === undefined) {
      const perm = [...axes].map((axis) => value.axes.indexOf(axis));
      found = add('Transpose', [value], { attributes: { perm }, axes });
      turned.set(key, found);
      // The way back is known.
      turned.set(`${found.name} ${value.axes}`, value);
    }
    return found;
  };
  const channelsLast: Graph['channelsLast'] = (value) =>
    arranged(value, axesOfRank(value.axes.length));
  const initialize = (initializer: Initializer): string => {
    initializers.set(initializer.name, initializer);
    return initializer.name;
  };

  return {
    nodes,
    inputs,
    outputs,
    input(name, shape) {
      const port = portOf(name, shape);
      inputs.push(port);
      return { name: port.name, axes: axesOfRank(shape.length) };
    },
    output(name, value, shape) {
      const port = portOf(name, shape);
      outputs.push(port);
      const last = channelsLast(value);
      nodes.push({
        name: unique(`${port.name}/Identity`),
        type: 'Identity',
        inputs: [last.name],
        outputs: [port.name],
        attributes: {},
      });
    },
    get initializers() {
      return [...initializers.values()];
    },
    add,
    arranged,
    channelsLast,
    channelsSecond: (value) => arranged(value, channelsSecondOfRank(value.axes.length)),
    weight(name, tensor, permutation) {
      if (initializers.has(name)) return name;
      const moved = permutation ? transpose(tensor, permutation) : tensor;
      const values = moved.dataSync() as Float32Array;
      return initialize({ name, shape: moved.shape, values });
    },
    constant: (name, values) =>
      typeof values === 'number'
        ? initialize({ name, shape: [], values: Float32Array.of(values) })
        : initialize({ name, shape: [values.length], values }),
    at(name) {
      place = uniquePlace(name);
    },
  };
}

/** Gives a name as it is the first time, then with a number behind it. */
function counted(): (name: string) => string {
  const taken = new Map<string, number>();
  return (name) => {
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name}_${times}`;
  };
}
