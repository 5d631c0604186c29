import { lstm } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { rowSums } from '../gradients/gradient.ts';
import { denseOf } from '../network/forward.ts';
import { type Passed, stabilised } from './rules.ts';

/** The weights of an LSTM, the gates in the order input, forget, cell, output. */
interface Weights {
  /** [inputs, 4·units] */
  readonly kernel: tf.Tensor;
  /** [units, 4·units] */
  readonly recurrent_kernel: tf.Tensor;
  /** [4·units] */
  readonly bias?: tf.Tensor;
}

/**
 * Relevance through an LSTM with gates that take nothing, "signal takes all" (Arras et al. 2017, arXiv:1706.07206; 2019,
 * arXiv:1909.12114): what a state has comes from its cell; what a cell has is parted among the cell before and the new
 * signal, in proportion to what each adds; what the signal has is parted among the input and the state before, in
 * proportion to the terms of its weighted sum, as the ε rule does.
 *
 * @param x [batch, T, inputs]
 * @param relevance of the states, [batch, T, units]
 */
export function partLstm(
  x: tf.Tensor3D,
  { kernel, recurrent_kernel: recurrent, bias }: Weights,
  relevance: tf.Tensor3D,
  epsilon: number,
): Passed {
  const [batch, steps, units] = relevance.shape;
  const states = lstm(x, {
    kernel: kernel as tf.Tensor2D,
    recurrentKernel: recurrent as tf.Tensor2D,
    bias: bias as tf.Tensor1D | undefined,
  });
  const before = behind(states);
  const sums = tf.add(denseOf(x, kernel, bias), denseOf(before, recurrent));
  const [inGate, forgetGate, signalSum] = tf.split(sums as tf.Tensor3D, 4, 2);
  const [input, forget] = [tf.sigmoid(inGate), tf.sigmoid(forgetGate)];
  const added = tf.mul(input, tf.tanh(signalSum)) as tf.Tensor3D;
  const cells = cellsOf(added, forget as tf.Tensor3D);

  // What a cell hands on, per unit of its relevance: to the cell before, and per z of the signal.
  const cellWhole = stabilised(cells, epsilon);
  const signalWhole = stabilised(signalSum, epsilon);
  const kept = tf.div(tf.mul(forget, behind(cells)), cellWhole);
  const perSignal = tf.div(added, tf.mul(cellWhole, signalWhole));
  const [, , toInput] = tf.split(kernel as tf.Tensor2D, 4, 1);
  const [, , toState] = tf.split(recurrent as tf.Tensor2D, 4, 1);

  const at = (all: tf.Tensor): tf.Tensor2D[] => tf.unstack(all, 1) as tf.Tensor2D[];
  const [own, keptAt, perSignalAt, beforeAt] = [relevance, kept, perSignal, before].map(at);
  const ofCells: tf.Tensor2D[] = [];
  const ofSignals: tf.Tensor2D[] = [];
  let fromLaterState: tf.Tensor = tf.zeros([batch, units]);
  let fromLaterCell: tf.Tensor = tf.zeros([batch, units]);
  for (let t = steps - 1; t >= 0; t--) {
    const ofCell = tf.addN([own[t], fromLaterState, fromLaterCell]) as tf.Tensor2D;
    const ofSignal = tf.mul(ofCell, perSignalAt[t]) as tf.Tensor2D;
    ofCells[t] = ofCell;
    ofSignals[t] = ofSignal;
    if (t === 0) break;
    fromLaterCell = tf.mul(ofCell, keptAt[t]);
    fromLaterState = tf.mul(beforeAt[t], tf.matMul(ofSignal, toState, false, true));
  }
  const cellRelevance = tf.stack(ofCells, 1);
  const perZ = tf.stack(ofSignals, 1);
  const ofInput = tf.mul(x, denseOf(perZ, tf.transpose(toInput)));
  const cellRest = tf.div(tf.mul(cellRelevance, tf.sub(cellWhole, cells)), cellWhole);
  const signalRest = tf.sub(signalWhole, signalSum);
  const ofBias = bias ? tf.split(bias as tf.Tensor1D, 4)[2] : 0;
  const signalAbsorbed = tf.mul(perZ, tf.add(signalRest, ofBias));
  return {
    inputs: [ofInput],
    absorbed: tf.add(rowSums(cellRest), rowSums(signalAbsorbed)),
  };
}

/** What was there a step before, zeros at the first. */
function behind(all: tf.Tensor): tf.Tensor3D {
  const [batch, steps, units] = all.shape;
  const first = tf.slice(all, [0, 0, 0], [batch, steps - 1, units]) as tf.Tensor3D;
  return tf.pad(first, [
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
}

/** cₜ = forgetₜ·cₜ₋₁ + addedₜ */
function cellsOf(added: tf.Tensor3D, forget: tf.Tensor3D): tf.Tensor3D {
  const [adds, forgets] = [tf.unstack(added, 1), tf.unstack(forget, 1)];
  const cells = [adds[0]];
  for (let t = 1; t < adds.length; t++) {
    cells.push(tf.add(tf.mul(forgets[t], cells[t - 1]), adds[t]));
  }
  return tf.stack(cells, 1) as tf.Tensor3D;
}
