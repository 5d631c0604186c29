import { installGradients } from '@diffusion/backends/kernels';
import * as tf from '@tensorflow/tfjs-core';
import { EvaluationError } from '../../errors.ts';
import { rowSums } from '../gradients/gradient.ts';
import { weightsOf } from '../network/forward.ts';
import type { Layer, Step } from '../network/graph.ts';
import { partLstm } from './lstm.ts';
import { epsilonOf, type LrpRule, type Passed, partSums, stabilised } from './rules.ts';
import { scaleAndShift } from './weighted-sums.ts';

/** A layer where its relevance is passed on. */
export interface Passing {
  readonly step: Step;
  readonly layer: Layer;
  readonly config: Readonly<Record<string, unknown>>;
  /** What it took. */
  readonly inputs: readonly tf.Tensor[];
  /** What it gave. */
  readonly output: tf.Tensor;
  readonly relevance: tf.Tensor;
  readonly rule: LrpRule;
  /** The step that gave the i-th input; undefined for what was fed. */
  giver(i: number): Step | undefined;
}

type LayerRule = (passing: Passing) => Passed;

/** All of it to the one input: what acts on each number by itself, or does nothing in inference. */
const pass: LayerRule = ({ relevance }) => ({ inputs: [relevance] });

/** Along the slopes of what picks or moves numbers: each gets what it became. */
const follow: LayerRule = ({ layer, inputs: [x, ...others], relevance }) => {
  installGradients();
  const given = (x: tf.Tensor) => (others.length === 0 ? x : [x, ...others]);
  const moved = (x: tf.Tensor) => layer.apply(given(x), { training: false }) as tf.Tensor;
  return { inputs: [tf.grad(moved)(x, relevance), ...others.map(() => undefined)] };
};

/** In proportion to the terms of a mean or a sum: the ε rule, without weights to change. */
const ofMean: LayerRule = ({ layer, inputs, relevance, rule }) => {
  installGradients();
  const mean = (x: tf.Tensor) => layer.apply(x, { training: false }) as tf.Tensor;
  return partSums(inputs, mean, undefined, relevance, epsilonOf(rule));
};

const ofSum: LayerRule = ({ inputs, relevance, rule }) =>
  partSums(inputs, (...terms) => tf.addN(terms), undefined, relevance, epsilonOf(rule));

const batchNormalization: LayerRule = ({ layer, inputs, relevance, rule }) => {
  const { scale, shift } = scaleAndShift(layer);
  return partSums(inputs, (x) => tf.mul(x, scale), shift, relevance, epsilonOf(rule));
};

/**
 * Layer normalisation with its deviation taken for a constant (Ali et al. 2022, arXiv:2202.07304): what is left is linear in
 * its input.
 */
const featureNormalization: LayerRule = ({ layer, inputs: [x], relevance, rule }) => {
  const { gamma, beta } = weightsOf(layer);
  const deviation = (x: tf.Tensor) => tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(deviation(x)), 1, true);
  const factor = tf.mul(tf.rsqrt(tf.add(variance, 1e-5)), gamma);
  return partSums([x], (x) => tf.mul(deviation(x), factor), beta, relevance, epsilonOf(rule));
};

const concatenate: LayerRule = ({ config, inputs, relevance }) => {
  const axis = config.axis as number;
  const along = axis < 0 ? axis + relevance.rank : axis;
  const sizes = inputs.map(({ shape }) => shape[along]);
  return { inputs: tf.split(relevance, sizes, along) };
};

const flatten: LayerRule = ({ inputs: [x], relevance }) => ({
  inputs: [tf.reshape(relevance, x.shape)],
});

/** All of it to where the maximum over time or over the picture is, the same to each where there are several. */
function toMaxima(x: tf.Tensor, relevance: tf.Tensor): tf.Tensor {
  const axes = Array.from({ length: x.rank - 2 }, (_, i) => i + 1);
  const top = tf.cast(tf.equal(x, tf.max(x, axes, true)), 'float32');
  const share = tf.div(tf.reshape(relevance, sizesOf(x)), tf.sum(top, axes, true));
  return tf.mul(top, share);
}

/** [batch, 1, …, channels] of [batch, time, …, channels]. */
const sizesOf = ({ shape }: tf.Tensor): number[] =>
  shape.map((n, axis) => (axis === 0 || axis === shape.length - 1 ? n : 1));

const globalMaximum: LayerRule = ({ inputs: [x], relevance }) => ({
  inputs: [toMaxima(x, relevance)],
});

/**
 * Mean, maximum and standard deviation over time: the mean in proportion to its terms, the maximum to the point that has it, and
 * the deviation in proportion to the squared distances from the mean that it is made of.
 */
const timeStatistics: LayerRule = ({ inputs: [x], output, relevance, rule }) => {
  const epsilon = epsilonOf(rule);
  const [, steps] = x.shape;
  const [ofMean, ofMaximum, ofDeviation] = tf.split(relevance as tf.Tensor2D, 3, 1);
  const [, , deviation] = tf.split(output as tf.Tensor2D, 3, 1);
  const mean = partSums([x], (x) => tf.mean(x, 1), undefined, ofMean, epsilon);
  const far = tf.sub(x, tf.mean(x, 1, true));
  const whole = stabilised(deviation, epsilon);
  const perSquare = tf.div(ofDeviation, tf.mul(whole, tf.mul(deviation, steps)));
  const squares = tf.mul(tf.square(far), tf.reshape(perSquare, sizesOf(x)));
  // What is added to the variance, and to the deviation.
  const spread = tf.mul(tf.sum(tf.square(far), 1), perSquare);
  return {
    inputs: [tf.addN([mean.inputs[0] as tf.Tensor, toMaxima(x, ofMaximum), squares])],
    absorbed: tf.add(mean.absorbed as tf.Tensor1D, rowSums(tf.sub(ofDeviation, spread))),
  };
};

/** What is between 0 and 1 and lets through: a gate. */
const GATES: readonly unknown[] = ['sigmoid', 'hardSigmoid', 'softmax'];

/** A product: the signal takes all, the gates nothing; several signals share it. */
const multiply: LayerRule = ({ inputs, relevance, giver }) => {
  const isGate = inputs.map((_, i) => GATES.includes(giver(i)?.layer?.getConfig().activation));
  const some = isGate.includes(false) ? isGate.filter((gate) => !gate).length : inputs.length;
  const share = some === 1 ? relevance : tf.div(relevance, some);
  return {
    inputs: isGate.map((gate) => (gate && some !== inputs.length ? undefined : share)),
  };
};

const lstm: LayerRule = ({ layer, config, inputs, relevance, rule }) => {
  const plain =
    config.activation === 'tanh' &&
    config.recurrentActivation === 'sigmoid' &&
    !config.goBackwards &&
    !config.returnState &&
    !config.stateful;
  if (!plain || inputs.length > 1) {
    throw new EvaluationError(
      `layer '${layer.name}' is an LSTM with options that relevance has no rule for: expected tanh, sigmoid gates, forwards, from a state of zero`,
    );
  }
  const [x] = inputs as [tf.Tensor3D];
  const { kernel, recurrent_kernel, bias } = weightsOf(layer);
  const [batch, steps] = x.shape;
  const ofStates =
    config.returnSequences === true
      ? (relevance as tf.Tensor3D)
      : // Only the last state goes on.
        tf.pad(tf.reshape(relevance, [batch, 1, -1]) as tf.Tensor3D, [
          [0, 0],
          [steps - 1, 0],
          [0, 0],
        ]);
  return partLstm(x, { kernel, recurrent_kernel, bias }, ofStates, epsilonOf(rule));
};

/**
 * How each layer that is no weighted sum passes its relevance on, by the name of its class: those of the networks of
 * `@diffusion/models`, and those of tfjs that do the same or nothing.
 */
const LAYER_RULES: Readonly<Record<string, LayerRule>> = {
  Activation: pass,
  Add: ofSum,
  AveragePooling1D: ofMean,
  AveragePooling2D: ofMean,
  BatchNormalization: batchNormalization,
  CeilAveragePooling: ofMean,
  Concatenate: concatenate,
  DoubledPoints: follow,
  Dropout: pass,
  ELU: pass,
  FeatureNormalization: featureNormalization,
  Flatten: flatten,
  FusedBatchNormalization: batchNormalization,
  FusedLSTM: lstm,
  GlobalAveragePooling1D: ofMean,
  GlobalAveragePooling2D: ofMean,
  GlobalMaxPooling1D: globalMaximum,
  GlobalMaxPooling2D: globalMaximum,
  KeyedDropout: pass,
  LSTM: lstm,
  LeakyReLU: pass,
  MaxPooling1D: follow,
  MaxPooling2D: follow,
  Multiply: multiply,
  PaddedMaxPooling: follow,
  ReLU: pass,
  RectifiedSum: ofSum,
  Softmax: pass,
  TimeStatistics: timeStatistics,
};

/** The sum of crops' feature vectors, parted like any other. */
const ofCrops = ({ inputs, relevance, rule }: Omit<Passing, 'layer' | 'config'>): Passed =>
  partSums(
    inputs,
    (...terms) => tf.div(tf.addN(terms), terms.length),
    undefined,
    relevance,
    epsilonOf(rule),
  );

/** Passes on the relevance of a step that is no weighted sum. */
export function passOn(passing: Omit<Passing, 'layer' | 'config'>): Passed {
  const { step } = passing;
  const { layer } = step;
  if (!layer) return ofCrops(passing);
  // Not a property of every object: a class may have any name.
  if (!Object.hasOwn(LAYER_RULES, step.kind)) {
    throw new EvaluationError(
      `layer '${step.name}' is a ${step.kind}, which relevance has no rule for: expected the layers of @diffusion/models, or another method`,
    );
  }
  return LAYER_RULES[step.kind]({ ...passing, layer, config: layer.getConfig() });
}
