import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { rowShape } from '../encode/layout.ts';
import {
  choiceOption,
  classesOption,
  dropoutOption,
  integerOption,
  type OptionsOf,
  seedOption,
} from '../options.ts';
import type { NetworkTask } from './define-network.ts';
import { CeilAveragePooling } from './layers/ceil-average-pooling.ts';
import { PaddedMaxPooling } from './layers/padded-max-pooling.ts';
import {
  activations,
  beside,
  inputOf,
  outputActivations,
  parts,
  rectifiedSum,
  sum,
} from './parts.ts';
import { oneHead } from './task-options.ts';

/** The options of both networks; the defaults are the paper's final model but for what the network's file changes. */
export function residualOptions(defaults: {
  readonly dimension: 1 | 2;
  readonly depth: number;
  readonly kernelSize: number;
  readonly filters: number;
  readonly filtersMultipleOf: number;
}) {
  return {
    dimension: choiceOption({
      default: defaults.dimension,
      choices: [1, 2],
      description:
        '1: convolutions along a vector, [length, channels]; 2: over a picture, [length, coordinates, channels].',
    }),
    depth: integerOption({
      default: defaults.depth,
      min: 1,
      max: 8,
      description: 'Stages of two residual blocks; each after the first halves the length.',
    }),
    kernelSize: integerOption({
      default: defaults.kernelSize,
      min: 1,
      max: 99,
      odd: true,
      description: 'Width of the convolutions.',
    }),
    filters: integerOption({
      default: defaults.filters,
      min: defaults.filtersMultipleOf,
      max: 1024,
      multipleOf: defaults.filtersMultipleOf,
      description: 'x₀: maps of the first stage; doubled at every stage.',
    }),
    channels: integerOption({
      default: 1,
      min: 1,
      max: 64,
      description:
        'Channels of the input: 1 for the track alone, 4 with its autocorrelations at three lags.',
    }),
    features: integerOption({
      default: 0,
      min: 0,
      max: 1000,
      description: 'Additional features per track, a second input that joins the pooled maps.',
    }),
    classes: classesOption(4),
    activation: choiceOption({
      default: 'relu',
      choices: activations,
      description: 'Activation of the blocks.',
    }),
    dropout: dropoutOption(0.1, 'Share of the pooled maps and features dropped in training.'),
    pooling: choiceOption({
      default: 'average',
      choices: ['average', 'max', 'both'],
      description: 'What is taken of each map after the last stage.',
    }),
    length: integerOption({
      default: null,
      min: 1,
      max: 1e6,
      nullable: true,
      description: 'Length of the first axis of the input.',
    }),
    outputActivation: choiceOption({
      default: 'softmax',
      choices: outputActivations,
      description: 'What the last layer ends in.',
    }),
    seed: seedOption,
  };
}

/** What ResNet and XResNet are chosen by (Gajowczyk & Szwabiński 2021). */
export type ResidualOptions = OptionsOf<ReturnType<typeof residualOptions>>;

/** What follows from a task for both: a track is a vector with channels, or a picture where the encoder writes one. */
export const residualOptionsFor = (
  name: string,
  { encoder, output }: NetworkTask,
): Partial<ResidualOptions> => ({
  dimension: encoder.layout === 'picture' ? 2 : 1,
  channels: encoder.channels,
  features: encoder.features,
  ...oneHead(name, output),
  length: rowShape(encoder)[0],
});

/** The parts that ResNet and XResNet share, in the terms of the paper's figures 3 and 4. */
export function residualParts(options: ResidualOptions) {
  const { conv, norm, activate, dropout, dense } = parts(options.seed);
  const act = (name: string, x: SymbolicTensor) => activate(name, x, options.activation);
  /** Batch normalisation, activation: one layer where that is a rectifier. */
  const normAct = (normName: string, actName: string, x: SymbolicTensor) =>
    options.activation === 'relu' ? norm(normName, x, 'relu') : act(actName, norm(normName, x));

  return {
    input(): SymbolicTensor {
      const { dimension, length, channels } = options;
      return inputOf('track', dimension === 1 ? [length, channels] : [length, null, channels]);
    },

    /** Convolution, batch normalisation, activation. */
    convNormAct(name: string, x: SymbolicTensor, maps: number, kernel: number, strides: number) {
      const y = conv(`${name}.conv`, x, maps, kernel, { strides });
      return normAct(`${name}.norm`, `${name}.act`, y);
    },

    maxPool(x: SymbolicTensor) {
      return new PaddedMaxPooling({ name: 'pool' }).apply(x) as SymbolicTensor;
    },

    /**
     * A residual block: conv BN act conv BN, + identity, act. Where the number of maps changes the identity is a 1×1
     * convolution with BN; a stride is taken by it (`conv`) or by an average over pairs before it (`average`).
     */
    block(
      name: string,
      x: SymbolicTensor,
      maps: number,
      strides: 1 | 2,
      halving: 'conv' | 'average',
    ) {
      const kernel = options.kernelSize;
      let y = conv(`${name}.conv1`, x, maps, kernel, { strides });
      y = normAct(`${name}.norm1`, `${name}.act1`, y);
      y = norm(`${name}.norm2`, conv(`${name}.conv2`, y, maps, kernel));
      let identity = x;
      if (strides === 2 && halving === 'average') {
        identity = new CeilAveragePooling({ name: `${name}.identity.pool` }).apply(
          identity,
        ) as SymbolicTensor;
      }
      if (x.shape[x.shape.length - 1] !== maps) {
        identity = conv(`${name}.identity.conv`, identity, maps, 1, {
          strides: halving === 'conv' ? strides : 1,
          kernelInitializer: 'glorotUniform',
        });
        identity = norm(`${name}.identity.norm`, identity);
      }
      const end = `${name}.act2`;
      return options.activation === 'relu'
        ? rectifiedSum(end, [y, identity])
        : act(end, sum(`${name}.sum`, [y, identity]));
    },

    /** Global pooling, additional features beside it, dropout, dense. */
    head(track: SymbolicTensor, maps: SymbolicTensor, name: string): LayersModel {
      const pooled = globalPooling(options, maps);
      const features = options.features > 0 ? [inputOf('features', [options.features])] : [];
      let y = beside('features.beside', [...pooled, ...features]);
      y = dropout('dropout', y, options.dropout);
      y = dense('head', y, options.classes, options.outputActivation);
      return model({ name, inputs: [track, ...features], outputs: y });
    },
  };
}

function globalPooling({ dimension, pooling }: ResidualOptions, x: SymbolicTensor) {
  const average = dimension === 1 ? layers.globalAveragePooling1d : layers.globalAveragePooling2d;
  const max = dimension === 1 ? layers.globalMaxPooling1d : layers.globalMaxPooling2d;
  const args = { dataFormat: 'channelsLast' } as const;
  const pooled = [];
  if (pooling !== 'max') pooled.push(average({ name: 'mean', ...args }).apply(x) as SymbolicTensor);
  if (pooling !== 'average') pooled.push(max({ name: 'max', ...args }).apply(x) as SymbolicTensor);
  return pooled;
}
