import { concat, expandDims, split, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { activations } from './activations.ts';
import type { Translation } from './application.ts';
import { refuse } from './refuse.ts';

/** The gates of tfjs along an axis, input, forget, cell, output, in the order of ONNX: input, output, forget, cell. */
function gatesOf(tensor: Tensor, axis: number): Tensor {
  const [input, forget, cell, output] = split(tensor, 4, axis);
  return concat([input, output, forget, cell], axis);
}

/** `LSTM` of tfjs and `FusedLSTM`, forwards from a state of zero. */
export const lstm: Translation = ({ layer, config, graph, inputs, weights, named }) => {
  for (const option of ['goBackwards', 'returnState', 'stateful'] as const) {
    if (config[option]) refuse(layer, `with ${option}`);
  }
  if (inputs.length > 1) refuse(layer, 'with a state handed in');
  const operator = (name: unknown): string => {
    const found = name === 'softmax' ? undefined : activations[name as string];
    return found?.type ?? refuse(layer, `with the activation '${String(name)}'`);
  };
  const outer = operator(config.activation);
  const gate = operator(config.recurrentActivation);
  const { kernel, recurrent_kernel: recurrent } = weights;
  const { bias = zeros([kernel.shape[1] as number]) } = weights;
  // [inputs, 4·units] → [directions = 1, 4·units, inputs]
  const turned = (part: string, tensor: Tensor) =>
    graph.weight(named(part), expandDims(gatesOf(tensor, 1), 0), [0, 2, 1]);
  // ONNX has a second bias of the recurrent part.
  const biases = expandDims(concat([gatesOf(bias, 0), zeros(bias.shape)], 0), 0);
  const sequences = config.returnSequences === true;
  const states = graph.add(
    'LSTM',
    [
      graph.arranged(inputs[0], 'tbc'),
      turned('kernel', kernel),
      turned('recurrent_kernel', recurrent),
      graph.weight(named('bias'), biases),
    ],
    {
      attributes: { hidden_size: config.units as number, activations: [gate, outer, outer] },
      // All states [time, directions, batch, units], or the last one [directions, batch, units].
      result: sequences ? 0 : 1,
    },
  );
  const direction = graph.constant(named('direction'), BigInt64Array.of(sequences ? 1n : 0n));
  return graph.add('Squeeze', [states, direction], { axes: sequences ? 'tbc' : 'bc' });
};
