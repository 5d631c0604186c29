import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { hasSpread } from '../card.ts';
import {
  choiceOption,
  classesOption,
  dropoutOption,
  integerOption,
  integersOption,
  type OptionsOf,
  seedOption,
} from '../options.ts';
import { defineNetwork } from './define-network.ts';
import { CeilAveragePooling } from './layers/ceil-average-pooling.ts';
import { FeatureNormalization } from './layers/feature-normalization.ts';
import { TimeStatistics } from './layers/time-statistics.ts';
import { beside, inputOf, parts, rectifiedSum } from './parts.ts';
import { stageOptions } from './stage-options.ts';
import { classesOf, wholeTrack } from './task-options.ts';

const options = {
  dim: choiceOption({ default: 1, choices: [1, 2, 3], description: 'Dimension.' }),
  channels: integerOption({
    default: null,
    min: 1,
    max: 64,
    nullable: true,
    description: 'Numbers per point; any means 4 per coordinate.',
  }),
  features: integerOption({
    default: null,
    min: 0,
    max: 1000,
    nullable: true,
    description: 'Numbers per track for the head; any means 1 and one per coordinate.',
  }),
  task: choiceOption({
    default: 'both',
    choices: ['class', 'exponent', 'both'],
    description: 'What comes out: class probabilities, the exponent α, or the two.',
  }),
  exponentWidth: choiceOption({
    default: 1,
    choices: [1, 2],
    description: '1: the exponent α; 2: beside it the logarithm of its spread.',
  }),
  classes: classesOption(5),
  widths: integersOption({
    default: [32, 48, 64, 96, 96, 96, 96],
    min: 1,
    max: 1024,
    description: 'Channels of each stage; each after the first works at half the length.',
  }),
  ...stageOptions,
  units: integerOption({
    default: 256,
    min: 1,
    max: 4096,
    description: 'Units of the dense layer before the outputs.',
  }),
  dropout: dropoutOption(0.1, 'Share of those units dropped in training.'),
  seed: seedOption,
};

/** What {@link multiscale} is chosen by. */
export type MultiscaleOptions = OptionsOf<typeof options>;

/**
 * One network for tracks of every length, of one point or more, without batch normalisation, whose statistics would
 * depend on the length.
 *
 *     stem    conv 7, act
 *     stage i residual block: act(x′ + s·conv(act(conv(x)))), the learned number s starts at 0.1,
 *             x′ = x or, where the width changes, its 1×1 convolution; means over pairs of points between stages
 *     head    mean, maximum and standard deviation over time of every stage, beside the numbers per track;
 *             layer norm, dense, dropout; softmax of the classes and/or α
 *
 * Inputs `track` [batch, time, channels] and `features` [batch, features]; outputs `class` [batch, classes] and
 * `exponent` [batch, 1], or [batch, 2] with the logarithm of its spread. 0.84 million parameters for both tasks in 1D. All
 * tracks of a batch have one length. Throws {@link OptionError}.
 *
 * @example
 * multiscale({ dim: 2, task: 'class', widths: [16, 32, 32] }).countParams();
 */
export function multiscale(given: Partial<MultiscaleOptions> = {}): LayersModel {
  return multiscaleDescription.build(given);
}

function draw(o: MultiscaleOptions): LayersModel {
  const { conv, dropout, dense } = parts(o.seed);

  const block = (name: string, x: SymbolicTensor, width: number) => {
    const y = conv(`${name}.conv1`, x, width, o.kernelSize, { activation: 'relu' });
    const branch = conv(`${name}.conv2`, y, width, o.kernelSize, { scale: 0.1 });
    const widens = x.shape[2] !== width;
    const identity = widens
      ? conv(`${name}.identity`, x, width, 1, { kernelInitializer: 'glorotUniform' })
      : x;
    return rectifiedSum(`${name}.act2`, [identity, branch]);
  };
  const halve = (name: string, x: SymbolicTensor) =>
    new CeilAveragePooling({ name }).apply(x) as SymbolicTensor;
  const overTime = (name: string, x: SymbolicTensor) =>
    new TimeStatistics({ name }).apply(x) as SymbolicTensor;

  const track = inputOf('track', [null, o.channels ?? 4 * o.dim]);
  const features = o.features === 0 ? [] : [inputOf('features', [o.features ?? 1 + o.dim])];
  let x = conv('stem.conv', track, o.widths[0], o.stemKernelSize, { activation: 'relu' });
  const seen: SymbolicTensor[] = [];
  o.widths.forEach((width, i) => {
    const stage = `stage${i + 1}`;
    x = block(stage, i === 0 ? x : halve(`${stage}.halve`, x), width);
    seen.push(overTime(`${stage}.statistics`, x));
  });

  let y = beside('head.beside', [...seen, ...features]);
  y = new FeatureNormalization({ name: 'head.norm' }).apply(y) as SymbolicTensor;
  y = dropout('head.dropout', dense('head.dense', y, o.units, 'relu'), o.dropout);
  const outputs = [];
  if (o.task !== 'exponent') outputs.push(dense('class', y, o.classes, 'softmax'));
  if (o.task !== 'class') outputs.push(dense('exponent', y, o.exponentWidth, 'linear'));
  return model({ name: 'multiscale', inputs: [track, ...features], outputs });
}

const tasks = { classes: 'class', exponent: 'exponent', both: 'both' } as const;

export const multiscaleDescription = defineNetwork({
  name: 'multiscale',
  paper: 'this project, docs/models.md',
  options,
  input: { kind: 'multiscale', padded: false },
  optionsFor: ({ encoder, output }) => ({
    dim: encoder.specification.dim,
    channels: encoder.channels,
    features: encoder.features,
    task: tasks[wholeTrack('multiscale', output).kind],
    exponentWidth: hasSpread(output) ? (2 as const) : (1 as const),
    classes: classesOf(output),
  }),
  build: draw,
});
