import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

export type Layer = InstanceType<typeof layers.Layer>;

/** One layer at one of the places where it is applied. */
export interface Step {
  readonly name: string;
  /** The layer's class; `Mean` is the mean of its inputs, which no layer of a bank's networks takes. */
  readonly kind: string;
  readonly layer?: Layer;
  /** Places of what it takes. */
  readonly inputs: readonly number[];
  /** The place of what it gives. */
  readonly output: number;
}

/** A network as the list of its layers, each after those that it takes from. */
export interface Graph {
  /** Places of what is fed. */
  readonly inputs: readonly number[];
  readonly steps: readonly Step[];
  /** Places of the answers. */
  readonly outputs: readonly number[];
}

/** A graph as it grows. */
export function growingGraph() {
  const steps: Step[] = [];
  let places = 0;
  const add = (step: Omit<Step, 'output'>): number => {
    steps.push({ ...step, output: places });
    return places++;
  };
  return {
    steps: steps as readonly Step[],
    /** A place for something that is fed. */
    input: (): number => places++,
    add,
    /** A layer applied to what is at some places. */
    apply: (layer: Layer, inputs: readonly number[]): number =>
      add({ name: layer.name, kind: layer.getClassName(), layer, inputs }),
    /** All layers behind the outputs of a network, which is fed from some places; gives the places of the outputs. */
    network({ inputs, outputs }: Pick<LayersModel, 'inputs' | 'outputs'>, from: readonly number[]) {
      const known = new Map(inputs.map(({ id }, i) => [id, from[i]]));
      const placeOf = (tensor: SymbolicTensor): number => {
        const found = known.get(tensor.id);
        if (found !== undefined) return found;
        const { sourceLayer: layer, nodeIndex } = tensor;
        const { inputTensors } = layer.inboundNodes[nodeIndex];
        const place = this.apply(layer, inputTensors.map(placeOf));
        known.set(tensor.id, place);
        return place;
      };
      return outputs.map(placeOf);
    },
  };
}

/** A network as a graph. */
export function graphOfNetwork(network: LayersModel): Graph {
  const graph = growingGraph();
  const inputs = network.inputs.map(() => graph.input());
  return { inputs, steps: graph.steps, outputs: graph.network(network, inputs) };
}
