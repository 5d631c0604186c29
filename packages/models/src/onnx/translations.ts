import { activated } from './activations.ts';
import {
  type Application,
  refuseChannelsFirst,
  type Translation,
  withActivation,
} from './application.ts';
import { convolution, paddedConvolution, reachingConvolution } from './convolution.ts';
import { axesOfRank } from './graph.ts';
import { lstm } from './lstm.ts';
import { batchNormalization, featureNormalization } from './normalization.ts';
import {
  ceilAveragePooling,
  globalPooling,
  paddedMaxPooling,
  stockPooling,
  timeStatistics,
} from './pooling.ts';
import { refuse } from './refuse.ts';

/** What is left out where nothing is trained. */
const nothing: Translation = ({ inputs: [x] }) => x;

/** Inputs with their axes in the order of the first one's. */
const alike = ({ graph, layer, inputs }: Application) => {
  const [{ axes }] = inputs;
  if (inputs.some((input) => input.axes.length !== axes.length)) {
    refuse(layer, 'of inputs with different numbers of axes');
  }
  return inputs.map((input) => graph.arranged(input, axes));
};

const dense: Translation = (application) => {
  const { graph, inputs, weights, weight } = application;
  const x = graph.channelsLast(inputs[0]);
  const product = graph.add('MatMul', [x, weight('kernel')]);
  const y = weights.bias ? graph.add('Add', [product, weight('bias')]) : product;
  return withActivation(application, y);
};

const flatten: Translation = (application) => {
  const {
    graph,
    inputs: [x],
  } = application;
  refuseChannelsFirst(application);
  return graph.add('Flatten', [graph.channelsLast(x)], {
    attributes: { axis: 1 },
    axes: axesOfRank(2),
  });
};

const concatenate: Translation = (application) => {
  const { graph, config, inputs } = application;
  const axis = config.axis as number;
  const parts = alike(application).map(graph.channelsLast);
  return graph.add('Concat', parts, {
    attributes: { axis: axis < 0 ? axis + inputs[0].axes.length : axis },
  });
};

/** One after the other: ONNX Runtime merges an addition of two with what is around it, and not a sum of many. */
const reduced =
  (type: 'Add' | 'Mul'): Translation =>
  (application) =>
    alike(application).reduce((result, each) => application.graph.add(type, [result, each]));

const rectifiedSum: Translation = (application) =>
  application.graph.add('Relu', [reduced('Add')(application)]);

/** A point's channels as those of two points, and as many of these as there are points in the second input. */
const doubledPoints: Translation = ({ graph, inputs: [x, like], shapes, named }) => {
  const integers = (name: string, ...values: number[]) =>
    graph.constant(named(name), BigInt64Array.from(values, BigInt));
  const shape = integers('shape', 0, -1, (shapes[0].at(-1) as number) / 2);
  const doubled = graph.add('Reshape', [graph.channelsLast(x), shape], { axes: 'btc' });
  const wanted = graph.add('Shape', [graph.channelsLast(like)], { axes: '' });
  const axis = integers('axis', 1);
  const points = graph.add('Gather', [wanted, axis], { attributes: { axis: 0 } });
  return graph.add('Slice', [doubled, integers('from', 0), points, axis], { axes: 'btc' });
};

const leakyRelu: Translation = ({ graph, inputs: [x], config }) =>
  graph.add('LeakyRelu', [x], { attributes: { alpha: { float: config.alpha as number } } });

const softmax: Translation = ({ graph, layer, config, inputs: [x] }) => {
  if (config.axis !== undefined && config.axis !== -1 && config.axis !== x.axes.length - 1) {
    refuse(layer, `with axis ${config.axis}`);
  }
  return activated(graph, x, 'softmax') as typeof x;
};

/**
 * How each layer is written, by the name of its class: those of the networks of this package, and those of tfjs that do
 * the same or nothing.
 */
export const translations: Readonly<Record<string, Translation>> = {
  Activation: (application) => withActivation(application, application.inputs[0]),
  Add: reduced('Add'),
  AveragePooling1D: stockPooling('AveragePool'),
  AveragePooling2D: stockPooling('AveragePool'),
  BatchNormalization: batchNormalization,
  CeilAveragePooling: ceilAveragePooling,
  Concatenate: concatenate,
  Conv1D: convolution,
  Conv2D: convolution,
  Dense: dense,
  DilatedConv1D: convolution,
  DoubledPoints: doubledPoints,
  Dropout: nothing,
  FeatureNormalization: featureNormalization,
  Flatten: flatten,
  FusedBatchNormalization: batchNormalization,
  FusedLSTM: lstm,
  GlobalAveragePooling1D: globalPooling('ReduceMean'),
  GlobalAveragePooling2D: globalPooling('ReduceMean'),
  GlobalMaxPooling1D: globalPooling('ReduceMax'),
  GlobalMaxPooling2D: globalPooling('ReduceMax'),
  KeyedDropout: nothing,
  LSTM: lstm,
  LeakyReLU: leakyRelu,
  MaxPooling1D: stockPooling('MaxPool'),
  MaxPooling2D: stockPooling('MaxPool'),
  Multiply: reduced('Mul'),
  PaddedConv1D: paddedConvolution,
  PaddedConv2D: paddedConvolution,
  PaddedMaxPooling: paddedMaxPooling,
  ReachingConv1D: reachingConvolution,
  RectifiedSum: rectifiedSum,
  Softmax: softmax,
  TimeStatistics: timeStatistics,
};
