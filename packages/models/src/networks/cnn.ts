import {
  initializers,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import {
  choiceOption,
  classesOption,
  dropoutOption,
  integerOption,
  OptionError,
  type OptionsOf,
  seedOption,
  textOption,
} from '../options.ts';
import { defineNetwork, type NetworkTask } from './define-network.ts';
import { layerSeed } from './layer-seed.ts';
import { inputOf, outputActivations, parts } from './parts.ts';
import { oneHead, oneLength } from './task-options.ts';

/** One layer of a stack. */
export type StackLayer =
  | { readonly kind: 'conv'; readonly filters: number; readonly kernelSize: number }
  | { readonly kind: 'pool'; readonly size: number }
  | { readonly kind: 'norm' }
  | { readonly kind: 'dense'; readonly units: number };

/** Where a stack leaves no point: the layer (from 1), what it is and the points it was given. */
export interface Death {
  readonly layer: number;
  readonly kind: StackLayer['kind'];
  readonly length: number;
}

const shared = {
  length: integerOption({
    default: 320,
    min: 1,
    max: 1e5,
    description: 'Points of every track.',
  }),
  channels: integerOption({
    default: 1,
    min: 1,
    max: 64,
    description: 'Numbers per point.',
  }),
  units: integerOption({
    default: 50,
    min: 1,
    max: 4096,
    description: 'Units of the dense layers; they act on every point by itself.',
  }),
  classes: classesOption(5),
  dropout: dropoutOption(0.25, 'Share of the values dropped before the last layer.'),
  outputActivation: choiceOption({
    default: 'softmax',
    choices: outputActivations,
    description: 'What the last layer ends in.',
  }),
  seed: seedOption,
};

const options = {
  layers: textOption({
    default: '123123',
    form: /^[1-4]{1,64}$/,
    range: 'up to 64 of the digits 1 (convolution), 2 (pooling), 3 (batch norm), 4 (dense)',
    description: 'The stack: 1 convolution, 2 pooling, 3 batch normalisation, 4 dense.',
  }),
  kernelSize: integerOption({
    default: 4,
    min: 1,
    max: 1000,
    description: 'Points that each convolution sees.',
  }),
  filters: integerOption({
    default: 16,
    min: 1,
    max: 1024,
    description: 'Maps of each convolution.',
  }),
  ...shared,
};

/** What {@link cnn} is chosen by. */
export type CnnOptions = OptionsOf<typeof options>;

/** What {@link cnnTuned} is chosen by. */
export type CnnTunedOptions = OptionsOf<typeof shared>;

/**
 * The convolutional networks of Benitez 2023, written as a string of digits:
 * 1 = convolution (16 maps, ReLU, no padding), 2 = maximum of 2, 3 = batch normalisation, 4 = dense layer (50, on each
 * point); then dense (50), dropout 0.25, flatten, dense → classes.
 *
 * Input [batch, length, channels], output [batch, classes]. Throws {@link OptionError}, also where the stack leaves no
 * point of the track: the message names the layer and the length at which it dies.
 *
 * @example
 * cnn({ layers: '123132', kernelSize: 10, length: 320 }).countParams();
 */
export function cnn(given: Partial<CnnOptions> = {}): LayersModel {
  return cnnDescription.build(given);
}

/**
 * The variant of Benitez 2023 that was tuned by hand: three times convolution, batch normalisation and pooling
 * (16 maps × 10 points ÷ 4, 32 × 4 ÷ 2, 64 × 4 ÷ 2), then as {@link cnn}.
 */
export function cnnTuned(given: Partial<CnnTunedOptions> = {}): LayersModel {
  return cnnTunedDescription.build(given);
}

/** The layers that a string of digits stands for. */
export function parseDigits(
  digits: string,
  o: Pick<CnnOptions, 'filters' | 'kernelSize' | 'units'>,
): StackLayer[] {
  const kinds: Record<string, StackLayer> = {
    1: { kind: 'conv', filters: o.filters, kernelSize: o.kernelSize },
    2: { kind: 'pool', size: 2 },
    3: { kind: 'norm' },
    4: { kind: 'dense', units: o.units },
  };
  return [...digits].map((digit) => kinds[digit]);
}

/** The layer of a stack that leaves no point of a track of `length`, or undefined when points are left. */
export function deathOf(stack: readonly StackLayer[], length: number): Death | undefined {
  let points = length;
  for (const [i, layer] of stack.entries()) {
    const before = points;
    if (layer.kind === 'conv') points -= layer.kernelSize - 1;
    if (layer.kind === 'pool') points = Math.floor(points / layer.size);
    if (points < 1) return { layer: i + 1, kind: layer.kind, length: before };
  }
  return undefined;
}

const kindNames = { conv: 'convolution', pool: 'pooling', norm: 'norm', dense: 'dense' } as const;

function stacked(
  name: string,
  what: string,
  stack: readonly StackLayer[],
  o: CnnTunedOptions,
): LayersModel {
  const death = deathOf(stack, o.length);
  if (death) {
    throw new OptionError(
      `${name}: ${what} dies at layer ${death.layer} (${kindNames[death.kind]}), which gets ` +
        `${death.length} of the ${o.length} points: expected a longer track or a smaller stack`,
    );
  }
  const { norm, dropout, dense } = parts(o.seed);
  const track = inputOf('track', [o.length, o.channels]);
  let x = track;
  for (const [i, layer] of stack.entries()) {
    const at = `layer${i + 1}`;
    if (layer.kind === 'conv') x = convRelu(`${at}.conv`, x, layer, o.seed);
    if (layer.kind === 'pool') x = pool(`${at}.pool`, x, layer.size);
    if (layer.kind === 'norm') x = norm(`${at}.norm`, x);
    if (layer.kind === 'dense') x = dense(`${at}.dense`, x, layer.units, 'linear');
  }
  x = dropout('dropout', dense('dense', x, o.units, 'linear'), o.dropout);
  x = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
  x = dense('head', x, o.classes, o.outputActivation);
  return model({ name, inputs: track, outputs: x });
}

function convRelu(
  name: string,
  x: SymbolicTensor,
  { filters, kernelSize }: { filters: number; kernelSize: number },
  seed: number,
): SymbolicTensor {
  const kernelInitializer = initializers.heUniform({ seed: layerSeed(seed, name) });
  const layer = layers.conv1d({ name, filters, kernelSize, activation: 'relu', kernelInitializer });
  return layer.apply(x) as SymbolicTensor;
}

function pool(name: string, x: SymbolicTensor, size: number): SymbolicTensor {
  return layers.maxPooling1d({ name, poolSize: size, strides: size }).apply(x) as SymbolicTensor;
}

/** Both are built for tracks of one length. */
const optionsOf = (name: string, { encoder, output }: NetworkTask) => ({
  length: oneLength(name, encoder),
  channels: encoder.channels,
  ...oneHead(name, output),
});

export const cnnDescription = defineNetwork({
  name: 'cnn',
  paper: 'Benitez 2023, AnomalousDiffusion',
  options,
  input: { kind: 'standardized', padded: true },
  optionsFor: (task) => optionsOf('cnn', task),
  build(o) {
    const stack = parseDigits(o.layers, o);
    return stacked('cnn', `layers "${o.layers}" with kernelSize ${o.kernelSize}`, stack, o);
  },
});

export const cnnTunedDescription = defineNetwork({
  name: 'cnn-tuned',
  paper: 'Benitez 2023, AnomalousDiffusion (tuned by hand)',
  options: shared,
  input: { kind: 'standardized', padded: true },
  optionsFor: (task) => optionsOf('cnn-tuned', task),
  build(o) {
    const level = (filters: number, kernelSize: number, size: number): StackLayer[] => [
      { kind: 'conv', filters, kernelSize },
      { kind: 'norm' },
      { kind: 'pool', size },
    ];
    const stack = [...level(16, 10, 4), ...level(32, 4, 2), ...level(64, 4, 2)];
    return stacked('cnn-tuned', 'the stack', stack, o);
  },
});
